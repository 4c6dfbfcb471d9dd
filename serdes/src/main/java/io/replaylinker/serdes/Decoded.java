package io.replaylinker.serdes;

import io.replaylinker.schemas.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of decoding a record. Every byte string gives one of these five, and none throws an exception. */
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
     * A control message that reports that errors of a project moved to another issue, or that their issues were deleted. It is counted
     * like a {@link Control}.
     *
     * @param operation {@code end_merge}, {@code end_unmerge} or {@code end_delete_groups}
     * @param projectId above 0
     * @param fromGroups the issues that were merged, split or deleted, at least one
     * @param toGroup the issue that the errors moved to; 0 when they were deleted
     * @param hashes of a split: the primary hashes of the errors that moved; empty otherwise
     * @param atMs when it was done, epoch milliseconds; 0 when unknown
     */
    record IssueChange<T>(
            String operation, long projectId, List<Long> fromGroups, long toGroup, List<Id> hashes, long atMs)
            implements Decoded<T> {

        public IssueChange {
            fromGroups = List.copyOf(fromGroups);
            hashes = List.copyOf(hashes);
            if (projectId <= 0 || fromGroups.isEmpty()) {
                throw new IllegalArgumentException("a change names a project and at least one issue");
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
