package io.replaylinker.serdes.avro;

import org.apache.kafka.common.errors.SerializationException;

/** A record's value has neither of Confluent's two wire forms. */
public final class NotAvroException extends SerializationException {

    NotAvroException(String message) {
        super(message);
    }
}
