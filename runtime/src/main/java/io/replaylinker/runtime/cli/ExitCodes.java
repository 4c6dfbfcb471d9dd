package io.replaylinker.runtime.cli;

/** How the program ends; promised to scripts. */
public final class ExitCodes {

    /** It did what was asked. */
    public static final int OK = 0;

    /** The command failed; the message has the reason. */
    public static final int FAILURE = 1;

    /** The command line or the settings are wrong; nothing was started. */
    public static final int USAGE = 2;

    /** Nothing is known of what was asked for. */
    public static final int UNKNOWN = 3;

    /** Several things begin with the digits that were given. */
    public static final int AMBIGUOUS = 4;

    /** Stopped by the user before the end, as shells count SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
