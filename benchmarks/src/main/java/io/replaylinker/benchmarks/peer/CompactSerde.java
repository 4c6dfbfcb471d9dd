package io.replaylinker.benchmarks.peer;

import io.replaylinker.serdes.AvroBinary;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A compact record as bare Avro, the form in which the product shuffles it. Safe for many threads. */
public final class CompactSerde<T extends SpecificRecord> implements Serde<T> {

    private static final byte[] NO_HEAD = {};

    private final ThreadLocal<AvroBinary<T>> binary;

    public CompactSerde(Schema schema) {
        binary = ThreadLocal.withInitial(() -> new AvroBinary<>(schema));
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> binary.get().write(NO_HEAD, value);
    }

    @Override
    @SuppressWarnings("NullAway") // the DSL's stores keep null for a side that is missing
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : binary.get().read(bytes, 0);
    }
}
