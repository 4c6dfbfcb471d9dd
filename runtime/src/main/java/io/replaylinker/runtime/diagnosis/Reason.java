package io.replaylinker.runtime.diagnosis;

import java.util.Objects;

/** Why something failed, in one line. */
public final class Reason {

    private static final int LONGEST = 300;

    private Reason() {}

    /** The innermost cause: the exceptions around it belong to the program and to Kafka's plumbing. */
    public static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String line = Objects.requireNonNullElse(cause.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        String name = cause.getClass().getSimpleName();
        if (line.isEmpty()) {
            return name;
        }
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
