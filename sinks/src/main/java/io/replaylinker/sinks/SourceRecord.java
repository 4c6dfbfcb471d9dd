package io.replaylinker.sinks;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The source of a row in a batch.
 *
 * @param timestampMs of the record, epoch milliseconds
 * @param rowBytes size of the encoded row
 * @param record the record itself; kept only if bad rows become dead letters
 */
record SourceRecord(
        long offset,
        long timestampMs,
        int rowBytes,
        @Nullable ConsumerRecord<byte[], byte[]> record) {}
