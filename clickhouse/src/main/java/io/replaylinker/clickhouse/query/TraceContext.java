package io.replaylinker.clickhouse.query;

import java.util.List;

/**
 * What is known of one or several traces: several when the question named a replay.
 *
 * @param asked id that was asked for, of whichever kind
 */
public record TraceContext(String asked, List<Trace> traces) {

    public TraceContext {
        traces = List.copyOf(traces);
    }

    /**
     * The nodes of a trace, by their start, and what is known of their parents.
     *
     * @param traceId 32 lower hex digits
     * @param inner spans inside segments that are the parent or the place of a node
     * @param replays that nodes of the trace are linked to, by their start
     * @param nodeCount how many nodes the trace has, which may be more than are listed
     * @param errorCount how many of these are errors
     */
    public record Trace(
            String traceId,
            List<ContextNode> nodes,
            List<InnerSpan> inner,
            List<KnownReplay> replays,
            long nodeCount,
            long errorCount) {

        public Trace {
            nodes = List.copyOf(nodes);
            inner = List.copyOf(inner);
            replays = List.copyOf(replays);
        }
    }

    /**
     * A span inside a segment.
     *
     * @param spanId 16 lower hex digits
     * @param segmentSpanId span id of the segment
     */
    public record InnerSpan(long organizationId, String spanId, String segmentSpanId) {}
}
