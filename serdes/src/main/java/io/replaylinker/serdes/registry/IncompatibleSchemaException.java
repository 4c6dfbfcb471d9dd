package io.replaylinker.serdes.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Two schemas do not go together, or a text is no Avro schema at all, or bytes are not of their schema. */
public final class IncompatibleSchemaException extends SerializationException {

    public IncompatibleSchemaException(String message) {
        super(message);
    }

    public IncompatibleSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
