package io.replaylinker.runtime.cli;

/** Exit codes of the program; promised to scripts. */
public final class ExitCodes {

    /** The command succeeded. */
    public static final int OK = 0;

    /** The command failed; the message has the reason. */
    public static final int FAILURE = 1;

    /** The command line or the settings are wrong; nothing was started. */
    public static final int USAGE = 2;

    /** The requested subject is unknown. */
    public static final int UNKNOWN = 3;

    /** Several ids begin with the given digits. */
    public static final int AMBIGUOUS = 4;

    /** Stopped by the user before the end, as shells count SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
