package io.replaylinker.serdes.registry;

import java.io.IOException;
import java.net.URI;
import java.util.StringJoiner;

/** No node of the registry gave an answer in one round over all of them; tells what was wrong with each. */
final class FailedTryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final StringJoiner reasons = new StringJoiner("; ");

    void add(URI base, IOException failure) {
        String message = failure.getMessage();
        // The JDK's ConnectException, the most common of them, comes without a message.
        reasons.add(base + ": " + (message == null ? failure.getClass().getSimpleName() : message));
        if (getCause() == null) {
            initCause(failure);
        }
    }

    @Override
    public String getMessage() {
        return reasons.toString();
    }
}
