package io.replaylinker.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists what the migrations create, and the parts that a sink depends on. */
final class Tables {

    private static final Table BY_ISSUE =
            links("replays_by_issue", new Column("group_id", Column.NUMBER), new Column("day", "Date"));

    private static final Table BY_TRANSACTION = links(
            "replays_by_transaction",
            new Column("transaction_hash", Column.NUMBER),
            new Column("day", "Date"),
            new Column("transaction", Column.TEXT));

    private static final Table BY_TRACE = links("replays_by_trace", new Column("trace_id", Column.ID));

    private static final Table BY_EVENT = new Table(
            "replays_by_event",
            List.of(),
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("event_prefix", "FixedString(4)"),
                    new Column("replay_id", Column.ID),
                    Column.merged("day", "max", "Date"),
                    Column.merged("retention_days", "max", "UInt16"),
                    Column.merged("received_at", "max", "DateTime('UTC')"),
                    Column.merged("ingested_at", "max", "DateTime('UTC')")));

    private static final Table ARCHIVED = new Table(
            "archived_replays",
            List.of(),
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("day", "Date"),
                    new Column("replay_id", Column.ID),
                    new Column("project_id", Column.NUMBER),
                    Column.merged("retention_days", "max", "UInt16"),
                    Column.merged("received_at", "max", Column.TIME),
                    Column.merged("ingested_at", "max", Column.TIME)));

    private static final Table FRESHNESS = new Table(
            "link_freshness",
            List.of(),
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    Column.merged("received_at", "max", Column.TIME),
                    Column.merged("ingested_at", "max", Column.TIME),
                    Column.merged("linked", "max", "UInt8"),
                    Column.merged("archived", "max", "UInt8")));

    private static final Table COVERAGE_BY_HOUR = new Table(
            "link_coverage_hourly",
            List.of(),
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("hour", "DateTime('UTC')"),
                    new Column("event_project_id", Column.NUMBER),
                    new Column("origin", Column.TEXT),
                    new Column("events", "Map(" + Column.TEXT + ", UInt64)"),
                    new Column("unclaimed", "Map(" + Column.TEXT + ", UInt64)"),
                    new Column("received_at", Column.TIME),
                    new Column("ingested_at", Column.TIME),
                    new Column("reckoned_at", Column.TIME)));

    /**
     * The views and tables that an insert into {@code replays} passes through. A missing view would leave its table empty without an error.
     */
    private static final List<Table> FILLED_BY_REPLAYS = List.of(
            FRESHNESS,
            Table.named("link_freshness_from_replays"),
            ARCHIVED,
            Table.named("archived_replays_from_replays"));

    /** The views and tables that an insert of trace records passes through. */
    private static final List<Table> FILLED_BY_TRACE_RECORDS = Stream.of(
                    "trace_nodes",
                    "traces_by_id",
                    "trace_spans",
                    "error_details",
                    "errors_by_issue",
                    "issues",
                    "issue_counts",
                    "issue_frames",
                    "issue_changes")
            .flatMap(name -> Stream.of(Table.named(name), Table.named(name + "_from_records")))
            .toList();

    /** The same for an insert into the outcomes. */
    private static final List<Table> FILLED_BY_COVERAGE =
            List.of(FRESHNESS, Table.named("link_freshness_from_coverage"));

    /** The views and tables that an insert of links passes through, followed by those of replays and outcomes. */
    private static final List<Table> FILLED_BY_LINKS = List.of(
            ReplayStateColumns.TABLE,
            Table.named("replays_from_links"),
            BY_ISSUE,
            Table.named("replays_by_issue_from_links"),
            BY_TRANSACTION,
            Table.named("replays_by_transaction_from_links"),
            BY_TRACE,
            Table.named("replays_by_trace_from_links"),
            BY_EVENT,
            Table.named("replays_by_event_from_links"),
            UnlinkedColumns.TABLE,
            Table.named("link_coverage_from_links"));

    private static final List<Table> READ_ONLY = List.of(
            Table.named("link_outcomes"),
            COVERAGE_BY_HOUR,
            Table.named("link_coverage_hourly_from_outcomes"),
            Table.named(SentryPages.VIEW),
            Table.named("links"),
            Table.named("replays_readable"),
            Table.named("coverage"));

    private Tables() {}

    /** Every table and view. */
    static List<Table> all() {
        return Stream.of(
                        List.of(LinkColumns.TABLE, TraceRecordColumns.TABLE),
                        FILLED_BY_LINKS,
                        FILLED_BY_REPLAYS,
                        FILLED_BY_COVERAGE,
                        FILLED_BY_TRACE_RECORDS,
                        READ_ONLY)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Returns the table and what its views write to. An insert fails if one of them is not as expected. */
    static List<Table> writtenWith(Table table) {
        List<Table> filled = new ArrayList<>(List.of(table));
        if (table.equals(LinkColumns.TABLE)) {
            filled.addAll(FILLED_BY_LINKS);
        }
        if (table.equals(TraceRecordColumns.TABLE)) {
            filled.addAll(FILLED_BY_TRACE_RECORDS);
        }
        if (filled.contains(ReplayStateColumns.TABLE)) {
            filled.addAll(FILLED_BY_REPLAYS);
        }
        if (filled.contains(UnlinkedColumns.TABLE)) {
            filled.addAll(FILLED_BY_COVERAGE);
        }
        return filled.stream().distinct().toList();
    }

    /** A copy of the links in another sort order. */
    private static Table links(String name, Column... key) {
        Stream<Column> common = Stream.of(
                new Column("organization_id", Column.NUMBER),
                new Column("replay_id", Column.ID),
                new Column("event_id", Column.ID),
                new Column("occurrence", "UInt8"),
                new Column("replay_project_id", Column.NUMBER),
                new Column("replay_started_at", Column.TIME),
                new Column("event_project_id", Column.NUMBER),
                new Column("event_at", Column.TIME),
                new Column("kind", "UInt8"),
                new Column("severity", "UInt8"),
                new Column("retention_days", "UInt16"),
                new Column("received_at", Column.TIME),
                new Column("ingested_at", Column.TIME),
                new Column("version", Column.NUMBER),
                new Column("is_deleted", "UInt8"));
        return new Table(name, List.of(), Stream.concat(common, Stream.of(key)).toList());
    }
}
