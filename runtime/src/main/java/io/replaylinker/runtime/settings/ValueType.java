package io.replaylinker.runtime.settings;

/**
 * Converts the text of a setting to a value.
 *
 * @param description what is accepted, as messages and the reference show it, as {@code a duration such as 15m}
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
