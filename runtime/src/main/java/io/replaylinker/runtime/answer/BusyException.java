package io.replaylinker.runtime.answer;

/** Too many requests at once; the message is for the reader. */
public final class BusyException extends Exception {

    BusyException(String message) {
        super(message);
    }
}
