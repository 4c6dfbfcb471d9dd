package io.replaylinker.topology.join;

/**
 * A record of a history with its time: of the Kafka record, and of the burst of activity it belongs to.
 *
 * @param record an event, a segment or a {@link Deletion}
 * @param recordMs timestamp of the Kafka record, epoch milliseconds
 * @param era between two eras lies more than anything is remembered for
 * @param epoch within one everything may arrive in any order; between two of an era lies more than the wait, and all of the era less
 *     than the memory
 * @param takenIn the epoch in which it is read: a later one when its side of the input is held up
 */
record Arrival(Object record, long recordMs, int era, int epoch, int takenIn) {

    /** An event was deleted at its source. */
    record Deletion(long project, String event) {}
}
