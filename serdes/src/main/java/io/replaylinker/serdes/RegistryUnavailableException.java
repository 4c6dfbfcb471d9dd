package io.replaylinker.serdes;

import org.apache.kafka.common.errors.SerializationException;

/** The schema registry did not answer, in spite of retries: try the same record again later. */
public final class RegistryUnavailableException extends SerializationException {

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
