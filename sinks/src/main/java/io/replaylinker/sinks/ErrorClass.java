package io.replaylinker.sinks;

import java.util.Locale;

/** What to do about a failure. */
public enum ErrorClass {
    /** It may pass: the same batch is tried again, for as long as it takes. */
    RETRYABLE,
    /** Trying again changes nothing before somebody acts: the sink stops and says what is wrong. */
    PERMANENT;

    /** Lower case, for a metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
