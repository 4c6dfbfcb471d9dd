package io.replaylinker.serdes.avro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.Serializer;

/** Confluent's serializer from within its own class loader, where Avro and Kafka are other ones than ours. */
public final class ConfluentWriter implements UnaryOperator<byte[]> {

    private final Serializer<Object> serializer;
    private final String topic;
    private final Schema schema;

    @SuppressWarnings("unchecked")
    public ConfluentWriter(Map<String, Object> settings, String topic, String schema)
            throws ReflectiveOperationException {
        this.topic = topic;
        this.schema = new Schema.Parser().parse(schema);
        serializer = Class.forName(ConfluentOracle.SERIALIZER, true, ConfluentWriter.class.getClassLoader())
                .asSubclass(Serializer.class)
                .getConstructor()
                .newInstance();
        serializer.configure(settings, false);
    }

    @Override
    public byte[] apply(byte[] binary) {
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(binary, null));
            return Objects.requireNonNull(serializer.serialize(topic, record));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
