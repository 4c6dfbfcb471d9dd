package io.replaylinker.serdes.avro;

import org.apache.kafka.common.errors.SerializationException;

/** The value of a record has neither of Confluent's two wire formats. */
public final class NotAvroException extends SerializationException {

    NotAvroException(String message) {
        super(message);
    }
}
