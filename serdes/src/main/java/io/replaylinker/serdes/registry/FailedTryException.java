package io.replaylinker.serdes.registry;

import java.io.IOException;
import java.net.URI;
import java.util.StringJoiner;

/** No registry node responded in one round over all of them. The message contains the failure of each. */
final class FailedTryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final StringJoiner reasons = new StringJoiner("; ");

    void add(URI base, IOException failure) {
        String message = failure.getMessage();
        // The JDK's ConnectException, the most common of them, has no message.
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
