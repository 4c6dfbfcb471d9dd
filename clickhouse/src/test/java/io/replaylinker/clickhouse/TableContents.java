package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** What a reader can learn from the tables of a {@link History}. */
final class TableContents {

    private static final DocumentedQueries QUERIES = new DocumentedQueries();

    private static final List<String> TABLES = List.of(
            "replay_links FINAL",
            "replays FINAL",
            "replays_by_issue FINAL",
            "replays_by_transaction FINAL",
            "replays_by_trace FINAL",
            "replays_by_event FINAL",
            "archived_replays FINAL",
            "link_coverage FINAL",
            "link_freshness FINAL",
            "link_outcomes");

    /** A history has no nodes. */
    private static final Set<String> OF_NODES = Set.of("trace nodes", "latest issues", "errors of an issue");

    private TableContents() {}

    /** Of every table all its columns, and of every documented query the answer. */
    static Map<String, List<String>> of(TestDatabase database) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        TABLES.forEach(table -> answers.put(table, database.queryInside(everything(table))));
        QUERIES.names().stream()
                .filter(name -> !name.equals("coverage by hour") && !OF_NODES.contains(name))
                .forEach(name -> answers.put(name, QUERIES.ask(database, name, parameters(name))));
        assertThat(answers.values()).noneMatch(List::isEmpty);
        return answers;
    }

    private static String everything(String table) {
        String columns = table.startsWith("replays FINAL") ? "* EXCEPT (errors), finalizeAggregation(errors)" : "*";
        return "SELECT " + columns + " FROM " + table + " ORDER BY ALL";
    }

    private static Map<String, ?> parameters(String query) {
        List<String> replays =
                LongStream.range(0, 12).mapToObj(SampleLinks::replayHex).toList();
        return Map.ofEntries(
                Map.entry(
                        "replay",
                        query.equals("replay")
                                ? SampleLinks.replayHex(1)
                                : SampleLinks.replayHex(1).substring(0, 8)),
                Map.entry("event", "00000000"),
                Map.entry("trace", "00000000"),
                Map.entry("traces", List.of(SampleLinks.hex(0x7000), SampleLinks.hex(0x7001))),
                Map.entry("issue", 2),
                Map.entry("transaction", "/a"),
                Map.entry("project", query.equals("transaction") ? 11 : 12),
                Map.entry("replays", replays),
                Map.entry("min_duration_ms", 1_000),
                Map.entry("from", query.startsWith("coverage") ? "2026-02-01 00:00:00" : "2026-02-01"),
                Map.entry("until", query.startsWith("coverage") ? "2026-03-31 00:00:00" : "2026-03-31"));
    }
}
