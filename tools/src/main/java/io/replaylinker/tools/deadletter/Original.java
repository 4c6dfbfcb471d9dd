package io.replaylinker.tools.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The record that is now at the position that a dead letter names. */
sealed interface Original {

    /** The original record, identified by its hash. */
    record There(ConsumerRecord<byte[], byte[]> record) implements Original {}

    /** The record cannot be read any more, and why. */
    record Gone(String why) implements Original {}
}
