package io.replaylinker.serdes.trace;

import org.jspecify.annotations.Nullable;

/**
 * The replay and the trace in the Sentry members of a {@code baggage} header. The replay belongs to this trace. The event of the request
 * with this header may have started its own trace.
 *
 * @param traceId decoded value of {@code sentry-trace_id}; null if there is none
 * @param replayId decoded value of {@code sentry-replay_id}; null if there is none
 */
public record SentryBaggage(
        @Nullable String traceId, @Nullable String replayId) {

    private static final SentryBaggage NONE = new SentryBaggage(null, null);

    /** Reads the members as {@link Baggage} does: the last of several with one key counts. */
    public static SentryBaggage read(@Nullable String header) {
        return header == null
                ? NONE
                : new SentryBaggage(
                        Baggage.value(header, "sentry-trace_id"), Baggage.value(header, "sentry-replay_id"));
    }
}
