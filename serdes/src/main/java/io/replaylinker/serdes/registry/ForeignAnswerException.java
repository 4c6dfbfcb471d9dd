package io.replaylinker.serdes.registry;

import java.io.IOException;

/** A server responded as no registry would. Most likely the address is wrong. */
final class ForeignAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status of HTTP
     * @param detail what else is known, and what to do
     */
    ForeignAnswerException(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** The exception for a response that may come from another server than a registry. */
    static ForeignAnswerException orWrongAddress(int status, String detail) {
        String question = "is " + RegistrySettings.URL + " the address of a registry?";
        return new ForeignAnswerException(status, detail.isEmpty() ? question : detail + "; " + question);
    }

    int status() {
        return status;
    }
}
