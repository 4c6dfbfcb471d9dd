package io.replaylinker.benchmarks;

import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.serdes.avro.AvroSerde;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.openjdk.jmh.infra.Blackhole;

/** Some records and their bytes, and the way from one to the other. */
final class RecordCodec<T extends SpecificRecord> {

    private static final byte[] HEAD = {1};

    private final Function<T, byte[]> encoder;
    private final Function<byte[], T> decoder;
    private final List<T> records;
    private final List<byte[]> encoded;

    private RecordCodec(Function<T, byte[]> encoder, Function<byte[], T> decoder, List<T> records) {
        this.encoder = encoder;
        this.decoder = decoder;
        this.records = records;
        this.encoded = records.stream().map(encoder).toList();
    }

    /** As in rows and on the topics between the steps: a byte for the version, and bare Avro. */
    static <T extends SpecificRecord> RecordCodec<T> compact(Schema schema, List<T> records) {
        AvroBinary<T> binary = new AvroBinary<>(schema);
        return new RecordCodec<>(value -> binary.write(HEAD, value), bytes -> binary.read(bytes, HEAD.length), records);
    }

    /** As on the topics that others read: with the id of a schema in a registry. */
    static <T extends SpecificRecord> RecordCodec<T> registered(Class<T> type, List<T> records) {
        AvroSerde<T> serde = new AvroSerde<>(type);
        serde.configure(Map.of("schema.registry.url", "mock://records"), false);
        return new RecordCodec<>(
                value -> Objects.requireNonNull(serde.serializer().serialize("topic", value)),
                bytes -> Objects.requireNonNull(serde.deserializer().deserialize("topic", bytes)),
                records);
    }

    void encodeAll(Work work, Blackhole sink) {
        for (T value : records) {
            byte[] bytes = encoder.apply(value);
            sink.consume(bytes);
            work.records++;
            work.bytes += bytes.length;
        }
    }

    void decodeAll(Work work, Blackhole sink) {
        for (byte[] bytes : encoded) {
            sink.consume(decoder.apply(bytes));
            work.records++;
            work.bytes += bytes.length;
        }
    }
}
