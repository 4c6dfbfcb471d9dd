package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The queries about what happened around an error: its trace, its details, its issue. Part of {@link Lookup}, and as it not thread-safe.
 *
 * <p>Each method throws {@link io.replaylinker.clickhouse.StorageException} when the server cannot be reached or refuses.
 */
public final class Contexts {

    /** The most traces of an issue that a map of services is made of. */
    public static final int TRACES_OF_ISSUE = 20;

    private static final int NODES_OF_TRACE = 1_000;

    private static final String SPANS = """
            SELECT
                lower(hex(span_id)) AS span,
                lower(hex(parent_span_id)) AS parent_span,
                op,
                name,
                status,
                started_at,
                duration_ms
            FROM trace_spans
            WHERE organization_id = {organization:UInt64}
              AND trace_id = {trace:FixedString(16)}
              AND segment_span_id = {segment:FixedString(8)}
            ORDER BY started_at, span_id
            LIMIT 1 BY span_id
            LIMIT {limit:UInt32}
            """;

    private final TableReader tables;
    private final ParallelQueries queries;
    private final Overviews overviews;
    private final Clock clock;

    Contexts(TableReader tables, ParallelQueries queries, Overviews overviews, Clock clock) {
        this.tables = tables;
        this.queries = queries;
        this.overviews = overviews;
        this.clock = clock;
    }

    /**
     * Finds a trace by its own id, or that of an event, span or replay in it.
     *
     * @param organization null for all
     * @param most the most nodes of a trace, by their start
     */
    public Answer<TraceContext> trace(IdPrefix id, @Nullable Long organization, int most) {
        return overviews.answer(organization, scope -> new TraceContexts(tables, queries, scope.all()).find(id, most));
    }

    /** Finds the details of an error. Only the organization and project of the filter apply. */
    public Answer<ErrorStory> error(IdPrefix event, Filter filter) {
        return overviews.answer(
                filter.organization(), scope -> new ErrorStories(tables, queries, scope.all()).find(event, filter));
    }

    /** Finds the newest issues that match, at most {@link IssueCriteria#MOST}. */
    public Answer<List<IssueHit>> issues(IssueCriteria criteria, Filter filter) {
        return overviews.answer(
                filter.organization(),
                scope -> known(new IssueSearch(tables, scope.all(), clock).find(criteria, filter)));
    }

    /** Finds an issue by its number, in each organization that has it. */
    public Answer<List<IssueHit>> issue(long group, @Nullable Long organization) {
        return overviews.answer(organization, scope -> known(new IssueSearch(tables, scope.all(), clock).of(group)));
    }

    /** Finds the traces of the latest errors of an issue, at most {@value #TRACES_OF_ISSUE}, newest first. */
    public Answer<List<TraceContext.Trace>> tracesOfIssue(long group, @Nullable Long organization) {
        return overviews.answer(organization, scope -> {
            TraceContexts traces = new TraceContexts(tables, queries, scope.all());
            return known(new IssueSearch(tables, scope.all(), clock)
                    .traces(group, TRACES_OF_ISSUE).stream()
                            .flatMap(trace -> traces.trace(trace, NODES_OF_TRACE).stream())
                            .toList());
        });
    }

    /** Finds the spans inside a segment of a trace that was found before. */
    public SegmentSpans spans(String traceId, ContextNode segment) {
        if (segment.spanId().isEmpty()) {
            return new SegmentSpans(traceId, segment, List.of());
        }
        return new SegmentSpans(
                traceId,
                segment,
                tables.rows(
                        "reading the spans of a segment",
                        SPANS,
                        new Parameters()
                                .unsigned("organization", segment.organizationId())
                                .id("trace", traceId)
                                .id("segment", segment.spanId())
                                .number("limit", SegmentSpans.MOST)
                                .values(),
                        row -> new SegmentSpans.Span(
                                row.text("span"),
                                Links.idOrEmpty(row.text("parent_span")),
                                row.text("op"),
                                row.text("name"),
                                row.text("status"),
                                row.timestamp("started_at"),
                                row.number("duration_ms"))));
    }

    private static <T> PartialResult<List<T>> known(List<T> rows) {
        return new PartialResult<>(List.of(), rows.isEmpty() ? Optional.empty() : Optional.of(rows));
    }
}
