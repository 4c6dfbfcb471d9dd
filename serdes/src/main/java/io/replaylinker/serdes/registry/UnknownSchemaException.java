package io.replaylinker.serdes.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry does not have the schema. A retry soon after does not help. */
public final class UnknownSchemaException extends SerializationException {

    public UnknownSchemaException(String message) {
        super(message);
    }
}
