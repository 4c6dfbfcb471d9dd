package io.replaylinker.worker.page;

import java.util.Locale;

/**
 * How a part of the worker is.
 *
 * @param name for people, as "join" or "sink replay-links"
 * @param message what it does, or what is wrong with it
 */
public record PagePart(String name, State state, String message) {

    /** What a reader should think of it. */
    public enum State {
        /** Nothing to be done. */
        GOOD,
        /** May pass by itself, and is worth a look. */
        WARN,
        /** Has ended. */
        BAD;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
