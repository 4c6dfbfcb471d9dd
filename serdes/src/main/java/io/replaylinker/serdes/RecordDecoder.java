package io.replaylinker.serdes;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one format of one kind of record. A decoder accepts any byte string and returns a value. The only exception is
 * {@link RegistryUnavailableException}, because an unavailable registry is not a fault of the record. Not thread-safe.
 */
@FunctionalInterface
public interface RecordDecoder<T> {

    /**
     * Decodes a record.
     *
     * @param topic source topic, for subject names
     * @param headers of the record
     * @param value of the record, null for a tombstone
     */
    Decoded<T> decode(String topic, Headers headers, byte @Nullable [] value);
}
