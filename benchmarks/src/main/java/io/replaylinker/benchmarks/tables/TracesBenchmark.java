package io.replaylinker.benchmarks.tables;

import io.replaylinker.benchmarks.join.WorkFolder;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Contexts;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.IssueCriteria;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.embedded.EmbeddedClickHouse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Questions about traces, errors and issues among many nodes, and what a node takes on disk. */
final class TracesBenchmark {

    private static final String DATABASE = "traces";
    private static final String PARTS = " FROM system.parts WHERE active AND database = '" + DATABASE + "'";
    private static final int REPETITIONS = 100;
    private static final int WARM_UP = 50;
    private static final int MOST_NODES = 1_000;

    private final Path work;
    private final long nodes;
    private final Consumer<String> progress;
    private final List<TablesBenchmark.Figure> figures = new ArrayList<>();

    TracesBenchmark(Path work, long nodes, Consumer<String> progress) {
        this.work = work;
        this.nodes = nodes;
        this.progress = progress;
    }

    List<TablesBenchmark.Figure> run() throws Exception {
        try (WorkFolder folder = WorkFolder.create(work);
                EmbeddedClickHouse engine =
                        EmbeddedClickHouse.start(folder.path().resolve("clickhouse"))) {
            RawTable server = new RawTable(engine);
            ClickHouse clickHouse =
                    new ClickHouse(ClickHouseSettings.of(engine.httpUrl(), DATABASE, engine.user(), engine.password()));
            new Migrations(clickHouse).apply(line -> {});
            long startedNanos = System.nanoTime();
            new GeneratedTraces(server, DATABASE).insert(nodes, progress);
            figure("generated", nodes * 1e9 / (System.nanoTime() - startedNanos), "nodes/s");
            for (String table :
                    List.of("trace_nodes", "traces_by_id", "trace_spans", "error_details", "errors_by_issue")) {
                long rows = server.number("SELECT sum(rows)" + PARTS + " AND table = '" + table + "'");
                figure(
                        "bytes_a_row." + table,
                        server.number("SELECT sum(bytes_on_disk)" + PARTS + " AND table = '" + table + "'")
                                / (double) Math.max(1, rows),
                        "B");
            }
            figure("bytes_a_node.all_tables", server.number("SELECT sum(bytes_on_disk)" + PARTS) / (double) nodes, "B");
            questions(clickHouse, server);
        }
        return figures;
    }

    private void questions(ClickHouse clickHouse, RawTable server) {
        try (Lookup lookup = new Lookup(clickHouse, Clock.systemUTC())) {
            Contexts contexts = lookup.contexts();
            List<IdPrefix> traces = ids(server, "trace_id", "trace_nodes");
            List<IdPrefix> events = ids(server, "event_id", "trace_nodes");
            List<IdPrefix> errors = ids(server, "event_id", "error_details");
            IdPrefix big = new IdPrefix(
                    server.text("SELECT lower(hex(sipHash128('big', 0)))").strip());
            Filter one = Filter.page(1);
            Map<String, IntFunction<Answer<?>>> questions = new LinkedHashMap<>();
            questions.put("tree_of_10_nodes", i -> contexts.trace(traces.get(i), null, MOST_NODES));
            questions.put("tree_of_1000_nodes", i -> contexts.trace(big, null, MOST_NODES));
            questions.put("tree_by_an_event", i -> contexts.trace(events.get(i), null, MOST_NODES));
            questions.put(
                    "tree_by_eight_digits_of_an_event", i -> contexts.trace(prefix(events.get(i)), null, MOST_NODES));
            questions.put("error", i -> contexts.error(errors.get(i), one));
            questions.put(
                    "issues_by_text",
                    i -> contexts.issues(new IssueCriteria("issue " + (i + 77), null, null, null), one));
            questions.put(
                    "issues_by_type", i -> contexts.issues(new IssueCriteria(null, "Error" + i, null, null), one));
            questions.put(
                    "issues_by_function_and_file",
                    i -> contexts.issues(
                            new IssueCriteria(null, null, "f" + i, "app/src/shop/file" + i % 900 + ".py"), one));
            questions.put("services_of_an_issue", i -> contexts.tracesOfIssue(i + 100L, null));
            questions.forEach((name, question) -> {
                Times.of(WARM_UP, i -> ask(question, i));
                Times times = Times.of(REPETITIONS, i -> ask(question, i));
                figure(name + ".median", times.median(), "ms");
                figure(name + ".p99", times.percentile(99), "ms");
            });
        }
    }

    private static IdPrefix prefix(IdPrefix id) {
        return new IdPrefix(id.digits().substring(0, 8));
    }

    private static List<IdPrefix> ids(RawTable server, String column, String table) {
        return server.text("SELECT lower(hex(" + column + ")) FROM `" + DATABASE + "`." + table + " WHERE cityHash64("
                        + column + ") % 97 = 0 LIMIT 1 BY " + column + " LIMIT " + REPETITIONS)
                .lines()
                .map(IdPrefix::new)
                .toList();
    }

    private static void ask(IntFunction<Answer<?>> question, int i) {
        if (question.apply(i) instanceof Answer.Unknown<?>) {
            throw new IllegalStateException("nothing was found, so nothing was measured");
        }
    }

    private void figure(String name, double value, String unit) {
        figures.add(new TablesBenchmark.Figure(name, value, unit));
        progress.accept("%s = %,.2f %s".formatted(name, value, unit));
    }
}
