package io.replaylinker.testkit.visits;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic.
 *
 * @param topic {@link #EVENTS}, {@link #TRANSACTIONS}, {@link #SPANS} or {@link #REPLAYS}
 * @param key the record's key, or null where Sentry sends none
 * @param value JSON in UTF-8
 * @param timestampMs the broker's append time in epoch milliseconds
 */
public record Message(String topic, byte @Nullable [] key, byte[] value, long timestampMs) {

    /** Errors. */
    public static final String EVENTS = "events";
    /** Classic transactions. */
    public static final String TRANSACTIONS = "transactions";
    /** Streamed spans. */
    public static final String SPANS = "ingest-spans";
    /** Replay segments. */
    public static final String REPLAYS = "ingest-replay-events";

    /** The value as text. */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Message that
                && topic.equals(that.topic)
                && timestampMs == that.timestampMs
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, timestampMs, Arrays.hashCode(key), Arrays.hashCode(value));
    }
}
