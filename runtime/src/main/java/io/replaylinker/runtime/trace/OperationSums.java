package io.replaylinker.runtime.trace;

import io.replaylinker.clickhouse.query.SegmentSpans;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums of the spans inside a segment by operation. */
public final class OperationSums {

    private OperationSums() {}

    /**
     * The spans of one operation.
     *
     * @param exclusiveMs time in these spans and in no span under them, in milliseconds
     */
    public record Sum(String op, long count, long exclusiveMs) {}

    /**
     * Sums up, the largest time first.
     *
     * <p>A span's own time is its duration without that of its children; at least 0, because children may run side by side.
     */
    public static List<Sum> of(List<SegmentSpans.Span> spans) {
        Map<String, Long> inChildren = new HashMap<>();
        for (SegmentSpans.Span span : spans) {
            inChildren.merge(span.parentSpanId(), span.durationMs(), Long::sum);
        }
        Map<String, Sum> sums = new TreeMap<>();
        for (SegmentSpans.Span span : spans) {
            long own = Math.max(0, span.durationMs() - inChildren.getOrDefault(span.spanId(), 0L));
            sums.merge(
                    span.op(),
                    new Sum(span.op(), 1, own),
                    (a, b) -> new Sum(a.op(), a.count() + b.count(), a.exclusiveMs() + b.exclusiveMs()));
        }
        return sums.values().stream()
                .sorted(Comparator.comparingLong(Sum::exclusiveMs).reversed().thenComparing(Sum::op))
                .toList();
    }
}
