package io.replaylinker.worker.page;

/** Too many requests at once; the message is for the reader of the page. */
final class BusyException extends Exception {

    BusyException(String message) {
        super(message);
    }
}
