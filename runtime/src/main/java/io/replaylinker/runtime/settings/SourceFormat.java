package io.replaylinker.runtime.settings;

/** How the records of a source topic are written. */
public enum SourceFormat {
    /** Sentry's own JSON, as its consumers write it. */
    SENTRY_JSON,
    /** Avro in Confluent's wire form, with a schema registry. */
    AVRO
}
