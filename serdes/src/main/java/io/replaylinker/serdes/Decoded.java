package io.replaylinker.serdes;

import io.replaylinker.schemas.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a record: every byte string becomes one of these four, none of them an exception. */
public sealed interface Decoded<T> {

    /** The record was what its topic promises. */
    record Value<T>(T value) implements Decoded<T> {}

    /**
     * The record is well known and not for us, so it is counted and dropped.
     *
     * @param operation what it was, one of a small fixed set of names fit for a metric's label, as {@code tombstone_events},
     *     {@code replay_actions}, {@code other} or {@code empty} (no value at all)
     */
    record Control<T>(String operation) implements Decoded<T> {}

    /**
     * The record says that events of a project were deleted for good. It is a control message too, and counted as one.
     *
     * @param operation as of {@link Control}
     * @param projectId above 0
     * @param eventIds without repetitions, at least one; as many as the record had room for
     * @param malformedIds how many elements of the record's list were no id
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
     * The record cannot be used and goes to the dead letters.
     *
     * @param detail where and what, without any value of the payload
     * @param exceptionClass name of the class of the exception behind it
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
