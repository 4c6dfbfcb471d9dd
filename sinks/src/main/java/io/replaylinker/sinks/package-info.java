/**
 * From a topic into a table: records are gathered into batches, a batch is a range of offsets of one partition, and its offsets
 * are committed once the insert has been acknowledged. Knows Kafka's clients, not Kafka Streams; of ClickHouse only what a failure means. Where rows go to is behind
 * {@link io.replaylinker.sinks.BatchInserter}.
 */
@NullMarked
package io.replaylinker.sinks;

import org.jspecify.annotations.NullMarked;
