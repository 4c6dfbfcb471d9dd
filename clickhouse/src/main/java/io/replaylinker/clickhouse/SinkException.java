package io.replaylinker.clickhouse;

/** Thrown when rows could not be written. The message is one line for operators: what is wrong and, if known, what to do. */
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
