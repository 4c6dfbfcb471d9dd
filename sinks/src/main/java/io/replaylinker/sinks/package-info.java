/**
 * Sinks from a topic into a table. Records are collected into batches. A batch is a range of offsets of one partition, and its offsets are
 * committed once the insert has been acknowledged. The package uses Kafka's clients but not Kafka Streams, and of ClickHouse only the error
 * classes. {@link io.replaylinker.sinks.BatchInserter} hides the target of the rows.
 */
@NullMarked
package io.replaylinker.sinks;

import org.jspecify.annotations.NullMarked;
