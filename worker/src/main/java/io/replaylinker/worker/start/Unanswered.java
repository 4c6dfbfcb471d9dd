package io.replaylinker.worker.start;

import io.replaylinker.runtime.diagnosis.Reason;
import java.util.Objects;
import org.apache.kafka.common.errors.AuthorizationException;

/** Kafka did not answer a request, or answered with an error; the cause has the reason. */
public final class Unanswered extends Exception {

    private static final long serialVersionUID = 1L;

    public Unanswered(Throwable cause) {
        super(Reason.of(cause), cause);
    }

    @Override
    public synchronized Throwable getCause() {
        return Objects.requireNonNull(super.getCause());
    }

    /** Whether Kafka refused the request for lack of rights. */
    public boolean isForbidden() {
        return getCause() instanceof AuthorizationException;
    }
}
