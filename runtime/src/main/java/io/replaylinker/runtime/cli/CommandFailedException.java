package io.replaylinker.runtime.cli;

/** A command cannot do what was requested. The message has the reason and the remedy for the user, in one line. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
