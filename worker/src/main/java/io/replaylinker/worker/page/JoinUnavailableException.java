package io.replaylinker.worker.page;

/** The join cannot be queried now; the message gives the reader the reason. */
public final class JoinUnavailableException extends Exception {

    public JoinUnavailableException(String message) {
        super(message);
    }
}
