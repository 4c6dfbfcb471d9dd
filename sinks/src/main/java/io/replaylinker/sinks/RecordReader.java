package io.replaylinker.sinks;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a record of the topic into an encoded row. The consumer returns raw bytes and not values, because a deserializer that throws inside
 * a poll hides the preceding records.
 */
final class RecordReader<T> {

    private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);

    private final SinkSource<T> source;
    private final RowEncoder<T> encoder;
    private final SinkMetrics metrics;
    private final ByteArrayOutputStream row = new ByteArrayOutputStream();

    RecordReader(SinkSource<T> source, RowEncoder<T> encoder, SinkMetrics metrics) {
        this.source = source;
        this.encoder = encoder;
        this.metrics = metrics;
    }

    String topic() {
        return source.topic();
    }

    /**
     * Reads a record into a row, which is valid until the next call. Returns null when the record cannot be decoded now but may be later.
     *
     * @throws StorageException for a record that can never become a row; such a record comes from the project itself, so there is a serious
     *     fault, and skipping the record would lose it
     */
    @Nullable ByteArrayOutputStream read(ConsumerRecord<byte[], byte[]> record) {
        T value;
        try {
            value = source.deserializer().deserialize(record.topic(), record.headers(), record.value());
        } catch (RuntimeException e) {
            if (source.passing().test(e)) {
                LOG.warn("{} cannot be decoded for now: {}", at(record), e.getMessage());
                return null;
            }
            throw undecodable(record, e.getClass().getName(), e);
        }
        if (value == null) {
            throw undecodable(record, "it has no value", null);
        }
        return encode(value, record.timestamp());
    }

    private ByteArrayOutputStream encode(T value, long timestampMs) {
        row.reset();
        try {
            encoder.encode(value, timestampMs, row);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail like a file", e);
        }
        return row;
    }

    private StorageException undecodable(
            ConsumerRecord<byte[], byte[]> record, String why, @Nullable RuntimeException cause) {
        metrics.undecodable();
        String message = "record " + at(record) + " does not match its topic (" + why + ")";
        return cause == null
                ? new StorageException(ErrorClass.PERMANENT, message)
                : new StorageException(ErrorClass.PERMANENT, message, cause);
    }

    private static String at(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
