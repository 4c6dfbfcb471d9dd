package io.replaylinker.benchmarks.workload;

/** What the bytes on the source topics are. */
public enum Format {
    /** The model in Confluent's wire form. */
    AVRO,
    /** Sentry's own messages at their real sizes. */
    JSON;

    /** As the worker's settings name it. */
    public String setting() {
        return this == AVRO ? "avro" : "sentry-json";
    }
}
