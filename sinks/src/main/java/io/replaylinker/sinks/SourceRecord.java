package io.replaylinker.sinks;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a row of a batch came from.
 *
 * @param timestampMs of the record, epoch milliseconds
 * @param rowBytes size of the encoded row
 * @param record itself, kept only where a row that does not fit is set aside
 */
record SourceRecord(
        long offset,
        long timestampMs,
        int rowBytes,
        @Nullable ConsumerRecord<byte[], byte[]> record) {}
