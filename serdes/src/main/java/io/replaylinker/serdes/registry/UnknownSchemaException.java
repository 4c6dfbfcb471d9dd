package io.replaylinker.serdes.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered that it has no such schema: asking again soon changes nothing. */
public final class UnknownSchemaException extends SerializationException {

    public UnknownSchemaException(String message) {
        super(message);
    }
}
