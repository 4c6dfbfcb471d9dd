package io.replaylinker.clickhouse;

/** Why rows did not get where they should. The message is one line for people: what is wrong and, if known, what to do. */
public final class SinkException extends RuntimeException {

    private final ErrorClass errorClass;

    public SinkException(ErrorClass errorClass, String message, Throwable cause) {
        super(message, cause);
        this.errorClass = errorClass;
    }

    public SinkException(ErrorClass errorClass, String message) {
        super(message);
        this.errorClass = errorClass;
    }

    public ErrorClass errorClass() {
        return errorClass;
    }
}
