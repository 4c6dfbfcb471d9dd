package io.replaylinker.tools.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The record that is now at the position that a dead letter names. */
sealed interface Original {

    /** The very record, by its hash. */
    record There(ConsumerRecord<byte[], byte[]> record) implements Original {}

    /** It cannot be had any more, and why. */
    record Gone(String why) implements Original {}
}
