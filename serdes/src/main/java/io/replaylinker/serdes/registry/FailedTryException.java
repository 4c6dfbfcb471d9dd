package io.replaylinker.serdes.registry;

import java.io.IOException;
import java.net.URI;
import java.util.StringJoiner;

/** No registry node responded in one round over all of them. The message contains the failure of each. */
final class FailedTryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final StringJoiner reasons = new StringJoiner("; ");
    private boolean answered = true;

    /**
     * Adds the failure of a node.
     *
     * @param base address of the node
     * @param path of the request
     */
    void add(URI base, String path, IOException failure) {
        String message = failure.getMessage();
        if (failure instanceof ForeignAnswerException foreign) {
            reasons.add("answered " + foreign.status() + " at " + base + path + ": " + message);
        } else {
            answered = false;
            // The JDK's ConnectException, the most common of them, has no message.
            reasons.add(base + ": " + (message == null ? failure.getClass().getSimpleName() : message));
        }
        if (getCause() == null) {
            initCause(failure);
        }
    }

    /** Returns whether every node responded, though not as a registry does. */
    boolean isAnswered() {
        return answered;
    }

    @Override
    public String getMessage() {
        return reasons.toString();
    }
}
