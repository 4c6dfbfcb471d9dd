package io.replaylinker.topology;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp, bounded: none or a negative one becomes that of the record before (else now), one from the far future
 * becomes now. Never throws, so that no record stops the worker.
 */
public final class ServerTime implements TimestampExtractor {

    private static final Duration SKEW = Duration.ofMinutes(10);

    private final Clock clock;

    public ServerTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTimeMs) {
        long nowMs = clock.millis();
        if (record.timestamp() < 0) {
            return partitionTimeMs >= 0 ? partitionTimeMs : nowMs;
        }
        return Math.min(record.timestamp(), nowMs + SKEW.toMillis());
    }
}
