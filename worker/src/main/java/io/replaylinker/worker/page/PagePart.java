package io.replaylinker.worker.page;

import java.util.Locale;

/**
 * State of a part of the worker.
 *
 * @param name for people, as "join" or "sink replay-links"
 * @param message what it does, or what is wrong with it
 */
public record PagePart(String name, State state, String message) {

    /** How severe it is for the reader. */
    public enum State {
        /** Nothing to be done. */
        GOOD,
        /** May be temporary, and should be checked. */
        WARN,
        /** Has ended. */
        BAD;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
