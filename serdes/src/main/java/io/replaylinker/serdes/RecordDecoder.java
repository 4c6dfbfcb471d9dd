package io.replaylinker.serdes;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One format of one kind of record. Decoders are given any byte string that somebody wrote to the topic and answer with a value;
 * the one thing that they may throw is {@link RegistryUnavailableException}, because a registry that is away says nothing about
 * the record. They are used by one thread at a time.
 */
@FunctionalInterface
public interface RecordDecoder<T> {

    /**
     * Reads one record.
     *
     * @param topic source topic, for subject names
     * @param headers of the record
     * @param value of the record, null for a tombstone
     */
    Decoded<T> decode(String topic, Headers headers, byte @Nullable [] value);
}
