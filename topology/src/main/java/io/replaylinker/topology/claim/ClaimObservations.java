package io.replaylinker.topology.claim;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Evidence;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceObservation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Observations of traces in an event: that it is a span on one, that its replay was on one, and which spans inside a
 * transaction called other services. Nothing is inferred from one trace for another: a replay id is attributed only to
 * the trace that it belongs to.
 */
public final class ClaimObservations {

    private ClaimObservations() {}

    /** The observations of an event that names its replay. */
    public static List<TraceObservation> ofNamed(Claim claim) {
        Id replay = claim.getReplayId();
        if (replay == null) {
            return List.of();
        }
        Id taught = taught(claim, replay);
        List<TraceObservation> observations = new ArrayList<>(2);
        TraceObservation span = span(claim);
        if (span != null) {
            span.setTeaches(span.getTraceId().equals(taught));
            observations.add(span);
        }
        if (taught != null && (span == null || !span.getTeaches())) {
            TraceObservation replayAlone = observation(claim, taught);
            replayAlone.setTeaches(true);
            observations.add(replayAlone);
        }
        return observations;
    }

    /** The event as a span of its own trace; null when it is not a span. */
    public static @Nullable TraceObservation span(Claim claim) {
        EventSummary event = claim.getEvent();
        Lookup own = claim.getLookups().isEmpty()
                ? null
                : claim.getLookups().get(claim.getLookups().size() - 1);
        if (!claim.getCall()
                || event.getSpanId() == null
                || own == null
                || !own.getTraceId().equals(event.getTraceId())) {
            return null;
        }
        TraceObservation span = observation(claim, own.getTraceId());
        span.setSpanId(event.getSpanId());
        span.setParentSpanId(
                own.getParents().isEmpty() ? null : own.getParents().get(0));
        span.setClient(claim.getClient());
        span.setRoot(claim.getRoot());
        span.setCall(true);
        return span;
    }

    /** The client and producer spans inside a transaction; the called services name them as parents. */
    public static List<TraceObservation> calls(Claim claim) {
        EventSummary event = claim.getEvent();
        TraceObservation whole = event.getClientSpanIds().isEmpty() ? null : span(claim);
        if (whole == null) {
            return List.of();
        }
        List<TraceObservation> calls = new ArrayList<>(event.getClientSpanIds().size());
        for (SpanId call : event.getClientSpanIds()) {
            if (!call.equals(event.getSpanId())) {
                TraceObservation edge = observation(claim, whole.getTraceId());
                edge.setSpanId(call);
                edge.setClient(claim.getClient());
                edge.setParentSpanId(event.getSpanId());
                calls.add(edge);
            }
        }
        return calls;
    }

    private static @Nullable Id taught(Claim claim, Id replay) {
        for (Evidence evidence : claim.getEvidence()) {
            if (evidence.getReplayId().equals(replay)) {
                return evidence.getTraceId();
            }
        }
        return null;
    }

    private static TraceObservation observation(Claim claim, Id trace) {
        EventSummary event = claim.getEvent();
        TraceObservation observation = new TraceObservation();
        observation.setTraceId(trace);
        observation.setReplayId(claim.getReplayId());
        observation.setOrganizationId(event.getOrganizationId());
        observation.setProjectId(event.getProjectId());
        long duration = event.getDurationMs() == null ? 0 : event.getDurationMs();
        observation.setStartedMs(event.getTimestampMs() - duration);
        observation.setEndedMs(event.getTimestampMs());
        observation.setSeenMs(event.getReceivedMs());
        observation.setBuffering(claim.getBuffering());
        observation.setUser(claim.getUser());
        observation.setAddress(claim.getAddress());
        return observation;
    }
}
