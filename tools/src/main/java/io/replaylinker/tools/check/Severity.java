package io.replaylinker.tools.check;

import java.util.Locale;

/** How bad a finding is. */
enum Severity {
    /** As it should be. */
    OK,
    /** Nobody could look, because something else was in the way. */
    SKIPPED,
    /** The worker runs, but the operator should know. */
    WARNING,
    /** The worker does not run, or loses something. */
    PROBLEM;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
