package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.topology.claim.ClaimObservations;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace from its rows: its visits, its spans, and the waiting events that are spans themselves, which have no
 * other row.
 */
final class TraceReader {

    private final Rows rows;
    private final JoinSettings settings;
    private final ClaimBytes claims = new ClaimBytes();

    TraceReader(Rows rows, JoinSettings settings) {
        this.rows = rows;
        this.settings = settings;
    }

    /**
     * Reads the trace from its rows; empty where there are none.
     *
     * @param expiredUntilMs spans that expired before this time are left out, epoch milliseconds of the watermark
     */
    Trace read(Id id, long expiredUntilMs) {
        byte[] row = rows.get(Keys.of(Keys.SEEN, id));
        byte[] events = Keys.of(Keys.EVENT, id);
        boolean hasEvents = rows.hasGroup(events);
        Trace trace = new Trace(row == null ? TraceRow.NOTHING : TraceRow.read(row), hasEvents);
        if (row != null) {
            byte[] spans = Keys.of(Keys.SPAN, id);
            rows.each(spans, span -> merge(trace, SpanNode.read(span), expiredUntilMs));
        }
        if (hasEvents) {
            rows.each(events, event -> {
                ResolvedRow waiting = ResolvedRow.read(event.key(), event.value(), claims);
                SpanNode node = node(waiting.claim(), waitEndsMs(waiting));
                if (node != null) {
                    merge(trace, node, expiredUntilMs);
                }
            });
        }
        return trace;
    }

    private long waitEndsMs(ResolvedRow row) {
        return row.closed() ? row.expiryMs() - settings.memoryAfterWait().toMillis() : row.expiryMs();
    }

    /**
     * Adds a span to a trace in memory, unless it has expired or there are too many.
     *
     * @return whether it was added
     */
    boolean merge(Trace trace, SpanNode node, long expiredUntilMs) {
        TraceRow.Crowd crowd = trace.row().crowd(node.observer());
        boolean crowded =
                (crowd != null && crowd.ofSpans()) || trace.nodeCount(node.observer()) > settings.traceMaxSpans();
        if (node.keepUntilMs() < expiredUntilMs || crowded) {
            return false;
        }
        SpanNode before = trace.find(node.observer(), node.span());
        trace.put(before == null ? node : before.merge(node));
        return true;
    }

    /** A waiting event as a span of the trace that it waits on; null when it is not a span. */
    @Nullable SpanNode node(Claim claim, long keepUntilMs) {
        TraceObservation span = ofLookup(claim);
        SpanId id = claim.getEvent().getSpanId();
        return span == null || id == null ? null : SpanNode.of(span, id, keepUntilMs);
    }

    /** The event as a span, if the lookup is of its own trace. */
    static @Nullable TraceObservation ofLookup(Claim claim) {
        TraceObservation span = ClaimObservations.span(claim);
        Id trace = claim.getLookups().get(claim.getLookup()).getTraceId();
        return span == null || !span.getTraceId().equals(trace) ? null : span;
    }
}
