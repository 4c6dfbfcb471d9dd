package io.replaylinker.serdes;

import org.apache.kafka.common.errors.SerializationException;

/** The schema registry did not respond, despite retries. The same record can be tried again later. */
public final class RegistryUnavailableException extends SerializationException {

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
