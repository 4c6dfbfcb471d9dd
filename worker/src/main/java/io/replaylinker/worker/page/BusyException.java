package io.replaylinker.worker.page;

/** Too many ask at once; the message says so to a reader. */
final class BusyException extends Exception {

    BusyException(String message) {
        super(message);
    }
}
