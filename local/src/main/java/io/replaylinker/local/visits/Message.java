package io.replaylinker.local.visits;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic.
 *
 * @param topic {@link #EVENTS}, {@link #TRANSACTIONS}, {@link #SPANS} or {@link #REPLAYS}
 * @param key the record's key, or null where Sentry sends no key
 * @param text the value, JSON as on the topic
 * @param timestampMs the broker's append time in epoch milliseconds
 */
public record Message(String topic, @Nullable String key, String text, long timestampMs) {

    /** Errors. */
    public static final String EVENTS = "events";
    /** Classic transactions. */
    public static final String TRANSACTIONS = "transactions";
    /** Streamed spans. */
    public static final String SPANS = "ingest-spans";
    /** Replay segments. */
    public static final String REPLAYS = "ingest-replay-events";

    /** The value as it is on the topic. */
    public byte[] value() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The key as it is on the topic, or null. */
    public byte @Nullable [] keyBytes() {
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }
}
