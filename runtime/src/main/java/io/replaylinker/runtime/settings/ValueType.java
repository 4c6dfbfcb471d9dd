package io.replaylinker.runtime.settings;

/**
 * How the text of a setting becomes a value.
 *
 * @param description what is accepted, as it stands in messages and in the reference, as {@code a duration such as 15m}
 */
public record ValueType<T>(String description, Reading<T> reading) {

    /** Turns text, already stripped and not empty, into a value. */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * Parses a value.
         *
         * @throws IllegalArgumentException if the text is no such value; its message is not shown, because the description of the type
         *     is clearer
         */
        T read(String text);
    }

    T read(String text) {
        return reading.read(text);
    }
}
