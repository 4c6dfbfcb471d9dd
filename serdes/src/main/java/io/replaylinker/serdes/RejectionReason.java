package io.replaylinker.serdes;

/** The reason why a record is unusable. The names are stable: they appear in dead letters and metrics. */
public enum RejectionReason {
    /** The bytes are not JSON, or are truncated. */
    NOT_JSON,
    /** JSON, but not of the form that the topic requires. */
    WRONG_SHAPE,
    /** JSON with nesting, names, strings or numbers beyond the limits of any real producer. */
    BEYOND_LIMITS,
    /** The event id is missing, is not 128 bits of hex, or is nil. */
    NO_EVENT_ID,
    /** The replay id is missing, is not 128 bits of hex, or is nil. */
    NO_REPLAY_ID,
    /** The trace id of a span is missing, is not 128 bits of hex, or is nil. */
    NO_TRACE_ID,
    /** The span id of a span is missing, is not 64 bits of hex, or is nil. */
    NO_SPAN_ID,
    /** The project id is missing or not above 0. */
    NO_PROJECT_ID,
    /** The inner payload of a replay message is missing or not readable. */
    BAD_PAYLOAD,
    /** Not Confluent's wire form: wrong magic byte, or too short. */
    NOT_AVRO,
    /** The registry does not know the schema id. */
    UNKNOWN_SCHEMA,
    /** The writer's schema cannot be resolved to the reader's, or the bytes do not conform to it. */
    INCOMPATIBLE_SCHEMA
}
