package io.replaylinker.sinks;

import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.DeadLetters;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a dead letter for a bad row, with the position of its record and a digest to identify it. After a crash in the middle of a batch
 * the same dead letter may be written again.
 */
final class SetAsideRows implements BadRows {

    private static final Logger LOG = LoggerFactory.getLogger(SetAsideRows.class);

    private final DeadLetterOutput output;
    private final DeadLetters deadLetters;

    /** @param headBytes number of leading bytes of a record in its dead letter, 0 to 4096 */
    SetAsideRows(DeadLetterOutput output, int headBytes) {
        this.output = output;
        this.deadLetters = new DeadLetters(DeadLetters.SINK, headBytes);
    }

    @Override
    public void accept(Batch row, StorageException failure) {
        ConsumerRecord<byte[], byte[]> record =
                Objects.requireNonNull(row.records().get(0).record(), "kept for this");
        output.write(deadLetter(record, failure));
        LOG.warn("The row of {}@{} is set aside: {}", row.partition(), row.firstOffset(), failure.getMessage());
    }

    @Override
    public boolean wantsRecords() {
        return true;
    }

    private DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record, StorageException failure) {
        Throwable cause = failure.getCause();
        return deadLetters.create(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.value(),
                "ROW_REFUSED",
                String.valueOf(failure.getMessage()),
                cause == null ? null : cause.getClass().getName());
    }
}
