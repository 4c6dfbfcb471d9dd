package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.SpanId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path from an event up through the known spans of a trace. It ends at the first span of a browser that names a
 * replay. From a browser's span that names none it continues to those of the same page, and never into the server that
 * rendered it: the page may be cached.
 *
 * @param end where it ends
 * @param replay that the end names, null for none
 * @param buffering the replay is only buffered so far
 * @param spans on the way, from the event on
 * @param bySegment the event's own spans are unknown, and the path begins at the one segment of its project that holds
 *     its time
 * @param torn the path ends at a span of which two observations contradict each other
 * @param remembered the spans that led to its end have expired
 */
record Path(
        End end,
        @Nullable Id replay,
        boolean buffering,
        List<SpanNode> spans,
        boolean bySegment,
        boolean torn,
        boolean remembered) {

    /** Where a path ends. */
    enum End {
        /** At a span that names a replay. */
        REPLAY,
        /** At a span of a browser or app that names none. */
        VISIT,
        /** At a server, or at an unknown span. */
        OPEN
    }

    /** Deeper than calls of services go. It also bounds the cost of a forged chain. */
    private static final int LONGEST = 64;

    /** The last span of a browser on the path, which is the page load if that is known; null for none. */
    @Nullable SpanNode root() {
        SpanNode last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        return last == null || !last.client() ? null : last;
    }

    /**
     * Start of the topmost span that is known above the event, or was once, epoch milliseconds; 0 for none.
     *
     * @param before the last decision
     * @param nowMs epoch milliseconds of the watermark
     */
    long anchorMs(ResolvedRow before, long nowMs) {
        long known = before.pathUntilMs() >= nowMs ? 0 : before.decision().anchorMs();
        long now = spans.isEmpty() ? 0 : spans.get(spans.size() - 1).startedMs();
        return known == 0 || now == 0 ? Math.max(known, now) : Math.min(known, now);
    }

    /**
     * This path, or the one found before where some of the spans that led further have expired. While none of them has,
     * only what they show now counts, so that the order in which they came does not matter.
     *
     * @param nowMs epoch milliseconds of the watermark
     */
    Path remembering(ResolvedRow before, long nowMs) {
        if (torn || end == End.REPLAY || before.pathUntilMs() >= nowMs) {
            return this;
        }
        if (before.decision().method() == Method.SPAN) {
            return new Path(End.REPLAY, before.replay(), before.decision().buffering(), spans, bySegment, false, true);
        }
        return end == End.OPEN && before.ofVisit()
                ? new Path(End.VISIT, null, false, spans, bySegment, false, true)
                : this;
    }

    /** Until when all of its spans are kept, epoch milliseconds of the watermark. */
    long untilMs() {
        return spans.stream().mapToLong(SpanNode::keepUntilMs).min().orElse(Long.MAX_VALUE);
    }

    /**
     * Finds the path of an event.
     *
     * @param nowMs spans that were kept until an earlier time are ignored, epoch milliseconds of the watermark
     */
    static Path of(Claim claim, List<SpanId> parents, Trace trace, Affiliations affiliations, long nowMs) {
        return new Climb(claim, trace, affiliations, nowMs).from(parents);
    }

    private static final class Climb {
        private final Claim claim;
        private final EventSummary event;
        private final Trace trace;
        private final Affiliations affiliations;
        private final List<SpanNode> way = new ArrayList<>(4);
        private final long nowMs;
        private boolean torn;

        Climb(Claim claim, Trace trace, Affiliations affiliations, long nowMs) {
            this.nowMs = nowMs;
            this.claim = claim;
            this.event = claim.getEvent();
            this.trace = trace;
            this.affiliations = affiliations;
        }

        Path from(List<SpanId> parents) {
            SpanNode start = claim.getCall() && claim.getClient() && event.getSpanId() != null
                    ? known(SpanNode.number(event.getSpanId()))
                    : null;
            for (int i = 0; start == null && i < parents.size(); i++) {
                start = known(SpanNode.number(parents.get(i)));
            }
            boolean bySegment = start == null && !claim.getCall() && !claim.getClient();
            return climb(bySegment ? holdingSegment() : start, bySegment);
        }

        private Path climb(@Nullable SpanNode start, boolean bySegment) {
            SpanNode named = null;
            boolean ofVisit = false;
            SpanNode node = start;
            while (node != null && way.size() < LONGEST && !way.contains(node)) {
                torn |= node.torn();
                if (node.torn() || (ofVisit && !node.client())) {
                    break;
                }
                way.add(node);
                ofVisit |= node.client();
                if (node.replay() != null && (named == null || node.client())) {
                    named = node;
                }
                if (node.client() && node.replay() != null) {
                    break;
                }
                node = node.parent() == 0 ? null : known(node.parent());
            }
            End end = named != null ? End.REPLAY : ofVisit ? End.VISIT : End.OPEN;
            return new Path(
                    end,
                    named == null ? null : named.replay(),
                    named != null && named.buffering(),
                    List.copyOf(way),
                    bySegment && start != null,
                    torn,
                    false);
        }

        /**
         * The span of this id that the event's organization sent. Null when there is none; the event then waits for it.
         */
        private @Nullable SpanNode known(long span) {
            SpanNode found = null;
            for (SpanNode node : trace.spans(span)) {
                if (sees(node)) {
                    if (found != null) {
                        // Two observers show different spans of one id: neither is trusted.
                        torn = true;
                        return null;
                    }
                    found = node;
                }
            }
            if (found == null) {
                trace.want(span);
            }
            return found;
        }

        private boolean sees(SpanNode node) {
            return node.isSeenBy(event, affiliations, nowMs);
        }

        /**
         * The one segment of the event's project that was running when it happened; null for none or several. Only of
         * servers: a browser's project is thousands of browsers, each with segments of its own.
         */
        private @Nullable SpanNode holdingSegment() {
            trace.wantSegmentOf(event.getProjectId());
            SpanNode found = null;
            for (List<SpanNode> alike : trace.spans()) {
                for (SpanNode node : alike) {
                    if (node.call()
                            && node.project() == event.getProjectId()
                            && node.startedMs() <= event.getTimestampMs()
                            && node.endedMs() >= event.getTimestampMs()
                            && sees(node)) {
                        if (found != null) {
                            return null;
                        }
                        found = node;
                    }
                }
            }
            return found;
        }
    }
}
