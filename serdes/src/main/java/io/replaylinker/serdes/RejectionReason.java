package io.replaylinker.serdes;

/** Why a record could not be used. The names are stable: they stand in dead letters and metrics. */
public enum RejectionReason {
    /** The bytes are not JSON, or end in the middle of it. */
    NOT_JSON,
    /** JSON, but not of the shape that the topic promises. */
    WRONG_SHAPE,
    /** JSON nested, or with names, strings or numbers, beyond any limit that a real producer reaches. */
    BEYOND_LIMITS,
    /** No event id, or one that is not 128 bits of hex, or nil. */
    NO_EVENT_ID,
    /** No replay id, or one that is not 128 bits of hex, or nil. */
    NO_REPLAY_ID,
    /** A span without trace id, or with one that is not 128 bits of hex, or nil. */
    NO_TRACE_ID,
    /** A span without span id, or with one that is not 64 bits of hex, or nil. */
    NO_SPAN_ID,
    /** No project id, or none above 0. */
    NO_PROJECT_ID,
    /** The inner payload of a replay message is missing or not readable. */
    BAD_PAYLOAD,
    /** Not Confluent's wire form: wrong magic byte, or too short. */
    NOT_AVRO,
    /** The registry does not know the schema id. */
    UNKNOWN_SCHEMA,
    /** The writer's schema cannot be read as ours, or the bytes are not of it. */
    INCOMPATIBLE_SCHEMA
}
