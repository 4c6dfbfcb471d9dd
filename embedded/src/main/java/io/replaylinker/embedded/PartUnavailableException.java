package io.replaylinker.embedded;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A part cannot run here. The message is one line: what is wrong and what to do. */
public final class PartUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public PartUnavailableException(String message) {
        super(message);
    }

    public PartUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
