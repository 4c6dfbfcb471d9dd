package io.replaylinker.tools.check;

import io.replaylinker.worker.start.Units;
import java.time.Duration;

/** Compares clocks that should show the same time. */
final class Clocks {

    /** Less is lost among network and garbage collectors, and the join allows ten seconds. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private Clocks() {}

    static boolean areApart(Duration difference) {
        return difference.abs().compareTo(TOLERANCE) > 0;
    }

    static void compare(String owner, Duration ahead, Findings findings) {
        String found = "%s's is %s %s this machine's"
                .formatted(owner, Units.duration(ahead.abs().toMillis()), ahead.isNegative() ? "behind" : "ahead of");
        if (areApart(ahead)) {
            findings.warning("clock", found, "synchronize both with the same time servers (NTP)");
        } else {
            findings.ok("clock", found);
        }
    }
}
