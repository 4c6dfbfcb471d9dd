package io.replaylinker.tools.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is now at the place that a letter names. */
sealed interface Original {

    /** The very record, by its hash. */
    record There(ConsumerRecord<byte[], byte[]> record) implements Original {}

    /** It cannot be had any more, and why. */
    record Gone(String why) implements Original {}
}
