package io.replaylinker.clickhouse;

import java.util.Locale;

/** What to do about a failed insert. */
public enum ErrorClass {
    /** The failure is transient. The same batch is retried without limit. */
    RETRYABLE("retry"),
    /** The failure lasts, and retries make it worse. One attempt follows after a long pause. */
    CIRCUIT_BREAK("circuit-break"),
    /**
     * The batch may be too large for the server. Its halves are inserted instead. If small parts fail as well, this equals
     * {@link #CIRCUIT_BREAK}.
     */
    HALVE("halve"),
    /** Some row does not fit the table. The batch is halved down to single rows. A row that fails alone is a bad row. */
    SPLIT("split"),
    /** A retry cannot help until an operator acts. The sink stops and reports what is wrong. */
    PERMANENT("stop");

    private final String label;

    ErrorClass(String label) {
        this.label = label;
    }

    /** The name in settings and metrics: {@code retry}, {@code circuit-break}, {@code halve}, {@code split}, {@code stop}. */
    public String label() {
        return label;
    }

    /**
     * Returns the class of a label, ignoring case.
     *
     * @throws IllegalArgumentException if there is no such class
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
