package io.replaylinker.worker.check;

import io.replaylinker.runtime.trouble.Reason;
import java.util.Objects;
import org.apache.kafka.common.errors.AuthorizationException;

/** Kafka gave no answer to a question, or no good one; the cause says why. */
final class Unanswered extends Exception {

    private static final long serialVersionUID = 1L;

    Unanswered(Throwable cause) {
        super(Reason.of(cause), cause);
    }

    @Override
    public synchronized Throwable getCause() {
        return Objects.requireNonNull(super.getCause());
    }

    /** Whether Kafka answered that we may not know. */
    boolean isForbidden() {
        return getCause() instanceof AuthorizationException;
    }
}
