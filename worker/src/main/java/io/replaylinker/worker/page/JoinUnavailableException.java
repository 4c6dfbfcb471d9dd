package io.replaylinker.worker.page;

/** The join cannot be asked now; the message says to a reader why. */
public final class JoinUnavailableException extends Exception {

    public JoinUnavailableException(String message) {
        super(message);
    }
}
