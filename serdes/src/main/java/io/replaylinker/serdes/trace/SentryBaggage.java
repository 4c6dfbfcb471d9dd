package io.replaylinker.serdes.trace;

import org.jspecify.annotations.Nullable;

/**
 * Sentry's members of a {@code baggage} header that belong together: the replay, and the trace that it belongs to. The replay belongs
 * to this trace and not to that of the event whose request had the header, which may have started one of its own.
 *
 * @param traceId decoded value of {@code sentry-trace_id}; null if there is none
 * @param replayId decoded value of {@code sentry-replay_id}; null if there is none
 */
public record SentryBaggage(
        @Nullable String traceId, @Nullable String replayId) {

    private static final SentryBaggage NONE = new SentryBaggage(null, null);

    /** The header's members as {@link Baggage} reads them: of several with one key the last counts. */
    public static SentryBaggage read(@Nullable String header) {
        return header == null
                ? NONE
                : new SentryBaggage(
                        Baggage.value(header, "sentry-trace_id"), Baggage.value(header, "sentry-replay_id"));
    }
}
