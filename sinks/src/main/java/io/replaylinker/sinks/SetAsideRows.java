package io.replaylinker.sinks;

import io.replaylinker.clickhouse.SinkException;
import io.replaylinker.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    private final int headBytes;

    /** @param headBytes number of leading bytes of a record in its dead letter, 0 to 4096 */
    SetAsideRows(DeadLetterOutput output, int headBytes) {
        this.output = output;
        this.headBytes = headBytes;
    }

    @Override
    public void accept(Batch row, SinkException failure) {
        ConsumerRecord<byte[], byte[]> record =
                Objects.requireNonNull(row.records().get(0).record(), "kept for this");
        output.write(deadLetter(record, failure));
        LOG.warn("The row of {}@{} is set aside: {}", row.partition(), row.firstOffset(), failure.getMessage());
    }

    @Override
    public boolean wantsRecords() {
        return true;
    }

    private DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record, SinkException failure) {
        DeadLetter deadLetter = new DeadLetter();
        deadLetter.setTopic(record.topic());
        deadLetter.setPartition(record.partition());
        deadLetter.setOffset(record.offset());
        deadLetter.setRecordTimestampMs(record.timestamp());
        deadLetter.setStage("sink");
        deadLetter.setReason("ROW_REFUSED");
        deadLetter.setDetail(String.valueOf(failure.getMessage()));
        deadLetter.setException(
                failure.getCause() == null
                        ? null
                        : failure.getCause().getClass().getName());
        deadLetter.setSizeBytes(record.value().length);
        deadLetter.setSha256(ByteBuffer.wrap(sha256(record.value())));
        deadLetter.setHead(ByteBuffer.wrap(record.value(), 0, Math.min(headBytes, record.value().length)));
        return deadLetter;
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
