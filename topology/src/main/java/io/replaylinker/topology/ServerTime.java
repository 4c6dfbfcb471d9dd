package io.replaylinker.topology;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp, bounded. A missing or negative timestamp becomes that of the record before, or else the
 * current time. A timestamp in the far future becomes the current time. Never throws, so that no record stops the
 * worker.
 */
public final class ServerTime implements TimestampExtractor {

    /** Is notified of each timestamp that cannot be right. */
    interface Suspects {
        /**
         * Notes a wrong timestamp.
         *
         * @param kind {@link #MISSING} or {@link #FUTURE}
         */
        void suspect(String topic, String kind);
    }

    static final String MISSING = "missing";
    static final String FUTURE = "future";

    private static final Duration SKEW = Duration.ofMinutes(10);

    private final Clock clock;
    private final Suspects suspects;

    public ServerTime(Clock clock) {
        this(clock, (topic, kind) -> {});
    }

    ServerTime(Clock clock, Suspects suspects) {
        this.clock = clock;
        this.suspects = suspects;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTimeMs) {
        long nowMs = clock.millis();
        if (record.timestamp() < 0) {
            suspects.suspect(record.topic(), MISSING);
        } else if (record.timestamp() > latest(nowMs)) {
            suspects.suspect(record.topic(), FUTURE);
        }
        return bounded(record.timestamp(), partitionTimeMs, nowMs);
    }

    /**
     * The bounded timestamp; all times in epoch milliseconds.
     *
     * @param timestampMs of the record, negative for none
     * @param partitionTimeMs that of the record before, negative for none
     */
    public static long bounded(long timestampMs, long partitionTimeMs, long nowMs) {
        if (timestampMs < 0) {
            return partitionTimeMs >= 0 ? partitionTimeMs : nowMs;
        }
        return Math.min(timestampMs, latest(nowMs));
    }

    private static long latest(long nowMs) {
        return nowMs + SKEW.toMillis();
    }
}
