package io.replaylinker.runtime.wiring;

import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the worker's own output topics, where any foreign record is an error. */
public final class DecodedValues<T> implements Deserializer<T> {

    private final RecordDecoder<T> decoder;

    public DecodedValues(RecordDecoder<T> decoder) {
        this.decoder = decoder;
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] value) {
        return deserialize(topic, new RecordHeaders(), value);
    }

    /**
     * The record's value, or null for a tombstone.
     *
     * @throws SerializationException if it cannot be read
     */
    @Override
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] value) {
        Decoded<T> decoded = decoder.decode(topic, headers, value);
        if (decoded instanceof Decoded.Rejection<T> rejection) {
            throw new SerializationException(rejection.reason() + ": " + rejection.detail());
        }
        return decoded instanceof Decoded.Value<T> read ? read.value() : null;
    }
}
