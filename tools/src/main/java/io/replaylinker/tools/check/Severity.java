package io.replaylinker.tools.check;

import java.util.Locale;

/** Severity of a finding. */
enum Severity {
    /** As it should be. */
    OK,
    /** The check could not run, because of another problem. */
    SKIPPED,
    /** The worker runs, but the operator should know. */
    WARNING,
    /** The worker does not run, or loses something. */
    PROBLEM;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
