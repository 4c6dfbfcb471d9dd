package io.replaylinker.sinks.clickhouse;

import java.util.List;
import java.util.stream.Stream;

/** All that the migrations make, and what of it a sink depends on. */
final class Tables {

    private static final Table BY_ISSUE = index("replays_by_issue", new Column("group_id", Column.NUMBER));

    private static final Table BY_TRANSACTION = index(
            "replays_by_transaction",
            new Column("event_project_id", Column.NUMBER),
            new Column("transaction_hash", Column.NUMBER));

    private static final Table BY_TRACE = new Table(
            "replays_by_trace",
            List.of(),
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("trace_id", Column.ID),
                    new Column("replay_id", Column.ID),
                    new Column("replay_project_id", Column.NUMBER),
                    new Column("replay_started_at", Column.TIME),
                    new Column("retention_days", "UInt16"),
                    new Column("received_at", Column.TIME),
                    new Column("ingested_at", Column.TIME),
                    new Column("rank", Column.NUMBER)));

    private static final Table COVERAGE_BY_HOUR = new Table(
            "link_coverage_hourly",
            List.of(),
            List.of(
                    new Column("organization_id", Column.NUMBER),
                    new Column("hour", "DateTime('UTC')"),
                    new Column("event_project_id", Column.NUMBER),
                    new Column("origin", Column.TEXT),
                    new Column("events", "Map(" + Column.TEXT + ", UInt64)"),
                    new Column("received_at", Column.TIME),
                    new Column("ingested_at", Column.TIME),
                    new Column("reckoned_at", Column.TIME)));

    /** What an insert of links goes through; one that is missing would leave its table empty without a word. */
    private static final List<Table> FILLED_BY_LINKS = List.of(
            LifeColumns.TABLE,
            Table.named("replays_from_links"),
            BY_ISSUE,
            Table.named("replays_by_issue_from_links"),
            BY_TRANSACTION,
            Table.named("replays_by_transaction_from_links"),
            BY_TRACE,
            Table.named("replays_by_trace_from_links"),
            UnlinkedColumns.TABLE,
            Table.named("link_coverage_from_links"));

    private static final List<Table> READ_ONLY =
            List.of(Table.named("link_outcomes"), COVERAGE_BY_HOUR, Table.named("link_coverage_hourly_from_outcomes"));

    private Tables() {}

    /** Every table and view. */
    static List<Table> all() {
        return Stream.of(List.of(LinkColumns.TABLE), FILLED_BY_LINKS, READ_ONLY)
                .flatMap(List::stream)
                .toList();
    }

    /** The table and what its views write to: an insert fails if one of them is not as it must be. */
    static List<Table> writtenWith(Table table) {
        return table.equals(LinkColumns.TABLE)
                ? Stream.concat(Stream.of(table), FILLED_BY_LINKS.stream()).toList()
                : List.of(table);
    }

    private static Table index(String name, Column... key) {
        Stream<Column> values = Stream.of(
                new Column("day", "Date"),
                new Column("replay_id", Column.ID),
                Column.merged("replay_project_id", "max", Column.NUMBER),
                Column.merged("started_at", "min", Column.TIME),
                Column.merged("first_event_at", "min", Column.TIME),
                Column.merged("last_event_at", "max", Column.TIME),
                Column.merged("worst_level", "max", "UInt8"),
                Column.merged("kinds", "groupBitOr", "UInt8"),
                Column.merged("retention_days", "max", "UInt16"),
                Column.merged("received_at", "max", Column.TIME),
                Column.merged("ingested_at", "max", Column.TIME));
        Stream<Column> first = Stream.concat(Stream.of(new Column("organization_id", Column.NUMBER)), Stream.of(key));
        return new Table(name, List.of(), Stream.concat(first, values).toList());
    }
}
