package io.replaylinker.serdes.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Two schemas are incompatible, or a text is not an Avro schema, or bytes do not conform to their schema. */
public final class IncompatibleSchemaException extends SerializationException {

    public IncompatibleSchemaException(String message) {
        super(message);
    }

    public IncompatibleSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
