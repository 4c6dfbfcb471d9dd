package io.replaylinker.runtime.settings;

import java.util.Locale;

/**
 * Where a value came from.
 *
 * @param place the file, the environment variable or the option; empty for a default
 */
public record Origin(Kind kind, String place) {

    static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

    /** Kinds of places, each stronger than those before it. */
    public enum Kind {
        /** The default. */
        DEFAULT,
        /** The file of settings. */
        FILE,
        /** An environment variable. */
        ENVIRONMENT,
        /** An option of the command line. */
        OPTION;

        /** As it is displayed. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Short form: {@code default}, {@code worker.properties}, {@code REPLAY_LINKER_WAIT}. */
    @Override
    public String toString() {
        return kind == Kind.DEFAULT ? kind.label() : place;
    }
}
