package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the nodes of traces. They are those of {@code trace_nodes} and, where these are not kept, the linked events of the trace.
 *
 * <p>Redelivered rows are dropped here and not by FINAL, which would read more of the table than the granules of the trace.
 */
final class TraceContexts {

    /** The most traces of a replay that are read. */
    static final int MOST_TRACES = 20;

    private static final int SHORT_DIGITS = 16;

    private static final String TRACE_IDS = """
            SELECT DISTINCT lower(hex(trace_id)) AS trace
            FROM trace_nodes
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id BETWEEN {first:FixedString(16)} AND {last:FixedString(16)}
            ORDER BY trace
            LIMIT {limit:UInt32}
            """;

    private static final String TRACES_OF = """
            SELECT DISTINCT lower(hex(trace_id)) AS trace
            FROM traces_by_id
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND id_prefix BETWEEN {first:FixedString(8)} AND {last:FixedString(8)}
            ORDER BY trace
            LIMIT {limit:UInt32}
            """;

    private static final String TRACES_OF_REPLAY = """
            SELECT lower(hex(trace_id)) AS trace
            FROM replay_links FINAL
            PREWHERE organization_id IN {organizations:Array(UInt64)}
              AND replay_id = {replay:FixedString(16)}
              AND trace_id != toFixedString('', 16)
            GROUP BY trace_id
            ORDER BY min(event_at), trace
            LIMIT {limit:UInt32}
            """;

    private static final String NODES = """
            SELECT
                lower(hex(event_id)) AS event,
                organization_id,
                project_id,
                occurrence,
                event_type,
                level,
                name,
                title,
                op,
                status,
                platform,
                duration_ms,
                event_at,
                group_id,
                lower(hex(primary_hash)) AS hash,
                lower(hex(span_id)) AS span,
                lower(hex(parent_span_id)) AS parent_span,
                has_profile
            FROM trace_nodes
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id = {trace:FixedString(16)}
            ORDER BY toUnixTimestamp64Milli(event_at) - coalesce(duration_ms, 0), event_id, occurrence
            LIMIT 1 BY organization_id, event_id, occurrence
            LIMIT {limit:UInt32}
            """;

    private static final String COUNTS = """
            SELECT
                uniqExact(organization_id, event_id, occurrence) AS nodes,
                uniqExactIf((organization_id, event_id),
                    event_type NOT IN ('transaction', 'span') AND occurrence = 0) AS errors
            FROM trace_nodes
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id = {trace:FixedString(16)}
            """;

    private static final String INNER = """
            SELECT DISTINCT
                organization_id,
                lower(hex(span_id)) AS span,
                lower(hex(segment_span_id)) AS segment
            FROM trace_spans
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id = {trace:FixedString(16)}
              AND span_id IN {spans:Array(FixedString(8))}
            LIMIT 10000
            """;

    private static final String REPLAYS = """
            SELECT DISTINCT organization_id, lower(hex(replay_id)) AS replay, replay_project_id, replay_started_at
            FROM replays_by_trace FINAL
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND trace_id = {trace:FixedString(16)}
            ORDER BY replay_started_at, replay
            LIMIT 64
            """;

    private final TableReader tables;
    private final ParallelQueries queries;
    private final List<Long> organizations;

    TraceContexts(TableReader tables, ParallelQueries queries, List<Long> organizations) {
        this.tables = tables;
        this.queries = queries;
        this.organizations = organizations;
    }

    /**
     * Finds a trace by its own id, or that of an event, span or replay in it.
     *
     * @param most the most nodes of a trace
     */
    PartialResult<TraceContext> find(IdPrefix id, int most) {
        if (id.isWhole()) {
            Optional<TraceContext.Trace> trace = trace(id.digits(), most);
            if (trace.isPresent()) {
                return PartialResult.of(new TraceContext(id.digits(), List.of(trace.get())));
            }
        } else {
            List<String> traces = distinct(
                    ids(TRACE_IDS, id.in(new Parameters())),
                    new OfTrace(tables).ids(organizations, id, Answer.Ambiguous.MOST));
            if (!traces.isEmpty()) {
                return of(id, traces, most);
            }
        }
        List<String> traces = distinct(ofEventOrSpan(id), ofLinkedEvent(id));
        return traces.isEmpty() ? ofReplay(id, most) : of(id, traces, most);
    }

    private PartialResult<TraceContext> of(IdPrefix id, List<String> traces, int most) {
        return PartialResult.of(
                traces, trace -> trace(trace, most).map(found -> new TraceContext(id.digits(), List.of(found))));
    }

    private PartialResult<TraceContext> ofReplay(IdPrefix id, int most) {
        List<KnownReplay> replays = new ReplayStates(tables)
                .of(organizations, id).stream()
                        .filter(replay -> !replay.archived())
                        .toList();
        return PartialResult.of(ReplayStates.ids(replays), replay -> {
            Parameters parameters = new Parameters()
                    .unsigned("organizations", organizations)
                    .id("replay", replay)
                    .number("limit", MOST_TRACES);
            List<TraceContext.Trace> traces = tables
                    .rows(
                            "looking up the traces of a replay",
                            TRACES_OF_REPLAY,
                            parameters.values(),
                            row -> row.text("trace"))
                    .stream()
                    .flatMap(trace -> trace(trace, most).stream())
                    .toList();
            return traces.isEmpty() ? Optional.empty() : Optional.of(new TraceContext(replay, traces));
        });
    }

    private List<String> ofEventOrSpan(IdPrefix id) {
        String prefix = id.digits().length() > SHORT_DIGITS ? id.digits().substring(0, SHORT_DIGITS) : id.digits();
        String rest = "0".repeat(SHORT_DIGITS - prefix.length());
        return ids(TRACES_OF, new Parameters().id("first", prefix + rest).id("last", prefix + rest.replace('0', 'f')));
    }

    /** For events whose nodes are not kept. */
    private List<String> ofLinkedEvent(IdPrefix id) {
        return new Links(tables)
                .ofEvent(organizations, id, Filter.page(1)).stream()
                        .map(LinkedEvent::traceId)
                        .filter(trace -> !trace.isEmpty())
                        .toList();
    }

    private List<String> ids(String sql, Parameters parameters) {
        return tables.rows(
                "looking up a trace",
                sql,
                parameters
                        .unsigned("organizations", organizations)
                        .number("limit", Answer.Ambiguous.MOST)
                        .values(),
                row -> row.text("trace"));
    }

    private static List<String> distinct(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().sorted().toList();
    }

    /** Reads one trace; empty when nothing is known of it. */
    Optional<TraceContext.Trace> trace(String traceId, int most) {
        Parameters ofTrace =
                new Parameters().unsigned("organizations", organizations).id("trace", traceId);
        Supplier<Linked> linked = queries.submit(() -> linked(traceId, ofTrace, most));
        List<Row> rows = tables.rows(
                "reading the nodes of a trace",
                NODES,
                new Parameters()
                        .unsigned("organizations", organizations)
                        .id("trace", traceId)
                        .number("limit", most + 1L)
                        .values(),
                TraceContexts::row);
        Supplier<List<TraceContext.InnerSpan>> inner = queries.submit(
                () -> inner(traceId, rows.stream().limit(most).map(Row::node).toList()));
        Linked links = linked.get();
        List<ContextNode> nodes = merge(rows, links);
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        long all = nodes.size();
        long errors = nodes.stream().filter(ContextNode::isError).count();
        if (rows.size() > most) {
            long[] counts = tables.rows("counting the nodes of a trace", COUNTS, ofTrace.values(), row ->
                            new long[] {row.number("nodes"), row.number("errors")})
                    .get(0);
            all = Math.max(all, counts[0]);
            errors = Math.max(errors, counts[1]);
        }
        List<ContextNode> shown = nodes.size() > most ? nodes.subList(0, most) : nodes;
        return Optional.of(new TraceContext.Trace(traceId, shown, inner.get(), links.replays(), all, errors));
    }

    private record Row(ContextNode node, String hash) {}

    /** The links of a trace, without those to replays that users deleted. */
    private record Linked(List<LinkedEvent> events, List<KnownReplay> replays) {}

    private Linked linked(String traceId, Parameters ofTrace, int most) {
        List<KnownReplay> named = tables.rows(
                "looking up the replays of a trace",
                REPLAYS,
                ofTrace.values(),
                row -> KnownReplay.fromLinks(
                        row.text("replay"),
                        row.number("organization_id"),
                        row.number("replay_project_id"),
                        row.timestamp("replay_started_at")));
        if (named.isEmpty()) {
            return new Linked(List.of(), List.of());
        }
        Supplier<List<LinkedEvent>> events = queries.submit(() -> new Links(tables).ofTrace(traceId, named, most + 1));
        List<KnownReplay> states = new ReplayStates(tables).of(organizations, named);
        List<KnownReplay> replays = named.stream()
                .map(replay -> ReplayStates.find(states, replay.replayId(), replay.projectId())
                        .orElse(replay))
                .filter(replay -> !replay.archived())
                .toList();
        Set<String> living = new LinkedHashSet<>(ReplayStates.ids(replays));
        return new Linked(
                events.get().stream()
                        .filter(event -> living.contains(event.replayId()))
                        .toList(),
                replays);
    }

    private List<ContextNode> merge(List<Row> rows, Linked links) {
        IssueChanges changes = IssueChanges.read(
                tables,
                rows.stream().map(row -> row.node().projectId()).toList(),
                rows.stream().map(row -> row.node().eventId()).toList());
        Map<String, ContextNode.LinkedReplay> replays = new HashMap<>();
        Map<String, ContextNode> nodes = new LinkedHashMap<>();
        for (LinkedEvent event : links.events()) {
            String key = key(event.organizationId(), event.projectId(), event.eventId(), event.occurrence());
            replays.put(
                    key, new ContextNode.LinkedReplay(event.replayId(), event.replayStartedAt(), event.confidence()));
            nodes.put(key, node(event, replays.get(key)));
        }
        for (Row row : rows) {
            ContextNode node = row.node();
            String key = key(node.organizationId(), node.projectId(), node.eventId(), node.occurrence());
            OptionalLong group = changes.issueOf(node.projectId(), node.eventId(), node.groupId(), row.hash());
            if (group.isPresent()) {
                nodes.put(key, node.with(replays.get(key), group.getAsLong()));
            } else {
                nodes.remove(key);
            }
        }
        return nodes.values().stream()
                .sorted(Comparator.comparing(ContextNode::startedAt)
                        .thenComparing(ContextNode::eventId)
                        .thenComparing(ContextNode::occurrence))
                .toList();
    }

    private static String key(long organization, long project, String eventId, boolean occurrence) {
        return organization + "/" + project + "/" + eventId + "/" + occurrence;
    }

    private List<TraceContext.InnerSpan> inner(String traceId, Collection<ContextNode> nodes) {
        Set<String> spans = new LinkedHashSet<>();
        for (ContextNode node : nodes) {
            spans.add(node.spanId());
            spans.add(node.parentSpanId());
        }
        spans.remove("");
        if (spans.isEmpty()) {
            return List.of();
        }
        return tables.rows(
                "reading the spans of a trace",
                INNER,
                new Parameters()
                        .unsigned("organizations", organizations)
                        .id("trace", traceId)
                        .ids("spans", spans)
                        .values(),
                row -> new TraceContext.InnerSpan(
                        row.number("organization_id"), row.text("span"), row.text("segment")));
    }

    private static Row row(TableRow row) {
        return new Row(
                new ContextNode(
                        row.text("event"),
                        row.number("organization_id"),
                        row.number("project_id"),
                        row.number("occurrence") == 1,
                        row.text("event_type"),
                        row.text("level"),
                        row.text("name"),
                        row.text("title"),
                        row.text("op"),
                        row.text("status"),
                        row.text("platform"),
                        row.numberOrNull("duration_ms"),
                        row.timestamp("event_at"),
                        row.number("group_id"),
                        Links.idOrEmpty(row.text("span")),
                        Links.idOrEmpty(row.text("parent_span")),
                        row.number("has_profile") == 1,
                        null),
                row.text("hash"));
    }

    private static ContextNode node(LinkedEvent event, ContextNode.LinkedReplay replay) {
        return new ContextNode(
                event.eventId(),
                event.organizationId(),
                event.projectId(),
                event.occurrence(),
                event.type(),
                event.level(),
                event.transaction(),
                "",
                event.op(),
                event.status(),
                event.platform(),
                event.durationMs(),
                event.eventAt(),
                event.groupId(),
                event.spanId(),
                event.parentSpanId(),
                false,
                replay);
    }
}
