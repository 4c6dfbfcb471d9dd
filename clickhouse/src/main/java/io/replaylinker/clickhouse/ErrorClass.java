package io.replaylinker.clickhouse;

import java.util.Locale;

/** What to do about a failure. */
public enum ErrorClass {
    /** It may pass: the same batch is tried again, for as long as it takes. */
    RETRYABLE("retry"),
    /** It passes late, and trying makes it worse: a long pause, then one try. */
    CIRCUIT_BREAK("circuit-break"),
    /** The batch may be too much at once: its halves are tried. Where small parts fail as well, it is as {@link #CIRCUIT_BREAK}. */
    HALVE("halve"),
    /** Some row does not fit: its halves are tried, down to single rows. A row that fails alone is a bad row. */
    SPLIT("split"),
    /** Trying again changes nothing before somebody acts: the sink stops and says what is wrong. */
    PERMANENT("stop");

    private final String label;

    ErrorClass(String label) {
        this.label = label;
    }

    /** As settings and metrics spell it: {@code retry}, {@code circuit-break}, {@code halve}, {@code split}, {@code stop}. */
    public String label() {
        return label;
    }

    /**
     * The class of that label, in any case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ErrorClass ofLabel(String label) {
        for (ErrorClass errorClass : values()) {
            if (errorClass.label.equals(label.toLowerCase(Locale.ROOT))) {
                return errorClass;
            }
        }
        throw new IllegalArgumentException("no error class is named " + label);
    }
}
