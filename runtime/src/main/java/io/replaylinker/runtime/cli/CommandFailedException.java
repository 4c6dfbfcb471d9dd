package io.replaylinker.runtime.cli;

/** A command cannot do what was asked, for a reason that a user understands: what is wrong and what to do, in one line. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
