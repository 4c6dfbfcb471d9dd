package io.replaylinker.serdes;

import org.jspecify.annotations.Nullable;

/** What became of a record: every byte string becomes one of these three, none of them an exception. */
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
