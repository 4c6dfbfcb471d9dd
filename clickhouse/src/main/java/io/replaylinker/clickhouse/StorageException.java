package io.replaylinker.clickhouse;

/**
 * Thrown when ClickHouse, or a topic of a sink, could not be read or written. The message is one line for operators: what is wrong and, if
 * known, what to do.
 */
public final class StorageException extends RuntimeException {

    private final ErrorClass errorClass;

    public StorageException(ErrorClass errorClass, String message, Throwable cause) {
        super(message, cause);
        this.errorClass = errorClass;
    }

    public StorageException(ErrorClass errorClass, String message) {
        super(message);
        this.errorClass = errorClass;
    }

    public ErrorClass errorClass() {
        return errorClass;
    }
}
