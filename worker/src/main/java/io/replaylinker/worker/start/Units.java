package io.replaylinker.worker.start;

import java.util.Locale;

/** Amounts as text for people. */
public final class Units {

    private Units() {}

    /** Milliseconds as Kafka's settings have them; -1 is for ever. */
    public static String duration(long millis) {
        if (millis < 0) {
            return "for ever";
        }
        if (millis < 120_000) {
            return millis % 1000 == 0 ? millis / 1000 + " s" : "%.1f s".formatted(millis / 1000.0);
        }
        if (millis < 7_200_000) {
            return millis / 60_000 + " min";
        }
        return millis < 172_800_000 ? millis / 3_600_000 + " h" : millis / 86_400_000 + " days";
    }

    public static String bytes(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        return bytes < 10_000_000
                ? bytes / 1000 + " KB"
                : bytes < 10_000_000_000L ? bytes / 1_000_000 + " MB" : bytes / 1_000_000_000 + " GB";
    }

    /** {@code 1 broker}, {@code 3 brokers}. */
    public static String count(long number, String what) {
        return String.format(Locale.ROOT, "%d %s%s", number, what, number == 1 ? "" : "s");
    }
}
