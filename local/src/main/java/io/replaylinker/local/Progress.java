package io.replaylinker.local;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports on standard error what the demo does at the moment, and how long each step took. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final PrintWriter err;
    private @Nullable String step;
    private long startedNanos;

    Progress(PrintWriter err) {
        this.err = err;
    }

    /** Ends the step before and starts this one. */
    void step(String what) {
        done();
        step = what;
        startedNanos = System.nanoTime();
        err.print(what + " ... ");
        err.flush();
    }

    /** A line in the middle of a step. */
    void note(String line) {
        err.println();
        err.print("  " + line + " ");
        err.flush();
        LOG.info("{}", line);
    }

    /** Ends the last step. */
    void done() {
        if (step != null) {
            double seconds = (System.nanoTime() - startedNanos) / 1e9;
            err.println(String.format(Locale.ROOT, "%.1f s", seconds));
            err.flush();
            LOG.info("{}: {} s", step, seconds);
            step = null;
        }
    }
}
