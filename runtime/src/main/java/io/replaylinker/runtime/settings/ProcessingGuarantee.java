package io.replaylinker.runtime.settings;

/** Kafka Streams' guarantees, by the names that Kafka gives them. */
public enum ProcessingGuarantee {
    /** A record may be processed again after a crash; the links come out the same. */
    AT_LEAST_ONCE,
    /** In transactions. */
    EXACTLY_ONCE_V2
}
