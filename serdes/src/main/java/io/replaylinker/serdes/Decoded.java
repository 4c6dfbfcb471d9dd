package io.replaylinker.serdes;

import io.replaylinker.schemas.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of decoding a record. Every byte string gives one of these four, and none throws an exception. */
public sealed interface Decoded<T> {

    /** A record that conforms to its topic. */
    record Value<T>(T value) implements Decoded<T> {}

    /**
     * A known record that needs no processing. It is counted and dropped.
     *
     * @param operation its kind, one of a small fixed set of names fit for a metric label, such as {@code tombstone_events},
     *     {@code replay_actions}, {@code other} or {@code empty} (no value at all)
     */
    record Control<T>(String operation) implements Decoded<T> {}

    /**
     * A control message that reports the final deletion of events of a project. It is counted like a {@link Control}.
     *
     * @param operation as in {@link Control}
     * @param projectId above 0
     * @param eventIds without duplicates, at least one; at most as many as the record had room for
     * @param malformedIds number of elements in the record's list that are not an id
     */
    record Tombstones<T>(String operation, long projectId, List<Id> eventIds, int malformedIds) implements Decoded<T> {

        public Tombstones {
            eventIds = List.copyOf(eventIds);
            if (projectId <= 0 || eventIds.isEmpty()) {
                throw new IllegalArgumentException("tombstones name a project and at least one event");
            }
        }
    }

    /**
     * An unusable record, which becomes a dead letter.
     *
     * @param detail position and problem, without any value of the payload
     * @param exceptionClass class name of the causing exception
     */
    record Rejection<T>(
            RejectionReason reason, String detail, @Nullable String exceptionClass) implements Decoded<T> {}

    static <T> Decoded<T> value(T value) {
        return new Value<>(value);
    }

    static <T> Decoded<T> control(String operation) {
        return new Control<>(operation);
    }

    static <T> Decoded<T> rejection(RejectionReason reason, String detail) {
        return new Rejection<>(reason, detail, null);
    }

    static <T> Decoded<T> rejection(RejectionReason reason, String detail, Throwable cause) {
        return new Rejection<>(reason, detail, cause.getClass().getName());
    }
}
