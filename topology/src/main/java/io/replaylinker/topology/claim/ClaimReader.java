package io.replaylinker.topology.claim;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.trace.Baggage;
import io.replaylinker.serdes.trace.SentryTrace;
import io.replaylinker.serdes.trace.Traceparent;
import org.jspecify.annotations.Nullable;

/**
 * Reads the strongest claim of an event: an explicit replay id, else a flag with a trace, else a trace. An event without any is
 * dropped here, before it costs a shuffle.
 */
public final class ClaimReader {

    private static final String BAGGAGE_REPLAY_ID = "sentry-replay_id";
    private static final String BAGGAGE_TRACE_ID = "sentry-trace_id";

    private final ClaimSettings settings;
    private final ClaimOddities oddities;

    public ClaimReader(ClaimSettings settings, ClaimOddities oddities) {
        this.settings = settings;
        this.oddities = oddities;
    }

    /**
     * Reads one event.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     * @return the claim, or null when the event makes none
     */
    public @Nullable Claim read(BackendEvent event, long recordMs) {
        Id eventId = Ids.parse(event.getEventId());
        if (eventId == null) {
            return null;
        }
        long project = event.getProjectId();
        SentryTrace sentryTrace = SentryTrace.parse(event.getSentryTrace());
        Id trace = trace(event, sentryTrace);
        Id replay = settings.allows(Method.REPLAY_ID, project) ? explicitReplay(event) : null;
        if (replay != null) {
            return claim(EventSummaries.of(event, eventId, trace, recordMs), Method.REPLAY_ID, replay);
        }
        if (trace == null) {
            return null;
        }
        if (flagged(event, sentryTrace) && settings.allows(Method.FLAG, project)) {
            return claim(EventSummaries.of(event, eventId, trace, recordMs), Method.FLAG, null);
        }
        return settings.allows(Method.TRACE, project)
                ? claim(EventSummaries.of(event, eventId, trace, recordMs), Method.TRACE, null)
                : null;
    }

    private static Claim claim(EventSummary summary, Method method, @Nullable Id replay) {
        Claim claim = new Claim();
        claim.setEvent(summary);
        claim.setMethod(method);
        claim.setReplayId(replay);
        claim.setConfidence(method == Method.REPLAY_ID ? 1.0 : 0.0);
        return claim;
    }

    private @Nullable Id explicitReplay(BackendEvent event) {
        Id first = stronger(null, event.getReplayId());
        first = stronger(first, event.getDscReplayId());
        first = stronger(first, Baggage.value(event.getBaggage(), BAGGAGE_REPLAY_ID));
        return stronger(first, event.getReplayTag());
    }

    /** The id already found wins; another one that disagrees is told. */
    private @Nullable Id stronger(@Nullable Id found, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return found;
        }
        Id id = Ids.parse(text);
        if (id == null) {
            if (!isNil(text)) {
                oddities.malformedReplayId();
            }
            return found;
        }
        if (found != null && !found.equals(id)) {
            oddities.replayIdsDisagree();
        }
        return found == null ? id : found;
    }

    /** The nil id is how several SDKs spell "none"; that is no mistake. */
    private static boolean isNil(String text) {
        return text.chars().allMatch(c -> c == '0' || c == '-' || Character.isWhitespace(c));
    }

    private @Nullable Id trace(BackendEvent event, @Nullable SentryTrace sentryTrace) {
        Id own = trace(event.getTraceId());
        if (own != null) {
            return own;
        }
        if (sentryTrace != null) {
            return sentryTrace.traceId();
        }
        Traceparent parent = Traceparent.parse(event.getTraceparent());
        return parent != null ? parent.traceId() : trace(Baggage.value(event.getBaggage(), BAGGAGE_TRACE_ID));
    }

    private @Nullable Id trace(@Nullable String text) {
        Id id = Ids.parse(text);
        if (id == null && text != null && !isNil(text)) {
            oddities.malformedTraceId();
        }
        return id;
    }

    private static boolean flagged(BackendEvent event, @Nullable SentryTrace sentryTrace) {
        return (sentryTrace != null && sentryTrace.hasReplay()) || Boolean.TRUE.equals(event.getHasReplay());
    }
}
