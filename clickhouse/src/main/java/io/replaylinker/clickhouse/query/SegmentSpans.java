package io.replaylinker.clickhouse.query;

import java.time.Instant;
import java.util.List;

/**
 * The spans inside a segment.
 *
 * @param segment the call that they lie in
 * @param spans by their start, at most {@value #MOST}
 */
public record SegmentSpans(String traceId, ContextNode segment, List<Span> spans) {

    /** The most spans of a segment that are read, as many as Sentry keeps of a transaction. */
    public static final int MOST = 1_000;

    public SegmentSpans {
        spans = List.copyOf(spans);
    }

    /**
     * One span.
     *
     * @param parentSpanId empty when unknown
     * @param name and status: empty unless they are kept
     */
    public record Span(
            String spanId,
            String parentSpanId,
            String op,
            String name,
            String status,
            Instant startedAt,
            long durationMs) {}
}
