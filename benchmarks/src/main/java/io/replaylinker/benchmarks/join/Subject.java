package io.replaylinker.benchmarks.join;

/** What is measured on the topics. */
public enum Subject {
    /** A consumer that reads and drops. */
    CONSUME,
    /** The product's pipeline with one shuffle in the place of the join. */
    SHUFFLE,
    /** The same with what is shuffled packed into blocks, as the product does it. */
    PACKED,
    /** The product. */
    JOIN,
    /** A left join of Kafka Streams' DSL with the same windows, and the de-duplication it needs. */
    DSL,
    /** Flink's interval join, and the de-duplication it needs. */
    FLINK
}
