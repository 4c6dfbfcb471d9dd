package io.replaylinker.benchmarks.tables;

import io.replaylinker.benchmarks.join.BrokerProcess;
import io.replaylinker.benchmarks.join.WorkFolder;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.TopicSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Broker and engine each in a process of its own, on the machine of the sink. */
final class TablesBenchmark {

    /** Of one measure: a name, a value, a unit. */
    record Figure(String name, double value, String unit) {}

    private static final String RATES = "rates";
    private static final String MILLIONS = "millions";
    private static final String PARTS = " FROM system.parts WHERE active AND database = '" + MILLIONS + "'";
    private static final int LATENCY_SECONDS = 30;
    private static final double HALF = 0.5;

    private final Path work;
    private final int links;
    private final int rounds;
    private final long generated;
    private final long seed;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    TablesBenchmark(Path work, int links, int rounds, long generated, long seed, Consumer<String> progress) {
        this.work = work;
        this.links = links;
        this.rounds = rounds;
        this.generated = generated;
        this.seed = seed;
        this.progress = progress;
    }

    List<Figure> run() throws Exception {
        try (WorkFolder folder = WorkFolder.create(work);
                EmbeddedClickHouse engine =
                        EmbeddedClickHouse.start(folder.path().resolve("clickhouse"))) {
            RawTable server = new RawTable(engine);
            try (BrokerProcess broker = BrokerProcess.start(folder.path())) {
                rates(engine, server, broker);
            }
            millions(engine, server);
        }
        return figures;
    }

    private void rates(EmbeddedClickHouse engine, RawTable server, BrokerProcess broker) throws Exception {
        ClickHouse clickHouse = database(engine, RATES);
        SinkRate sink = new SinkRate(broker.bootstrapServers(), clickHouse);
        broker.createTopics(List.of("links", "live"), LinkTopic.PARTITIONS);
        try (LinkTopic topic = new LinkTopic(broker.bootstrapServers(), "links", seed, links)) {
            for (int i = 0; i < links; i++) {
                topic.send();
            }
        }
        sink.nanos("links", "warm-up");
        TreeMap<Double, double[]> byRatio = new TreeMap<>();
        for (int round = 1; round <= rounds; round++) {
            clear(server);
            double ours = links * 1e9 / sink.nanos("links", "round-" + round);
            RawRate raw = new RawRate(server, RATES);
            clear(server);
            double theirs = raw.rows() * 1e9 / raw.nanos();
            byRatio.put(ours / theirs, new double[] {ours, theirs});
            progress.accept("round %d of %d: sink %,.0f, raw %,.0f links/s".formatted(round, rounds, ours, theirs));
        }
        Map.Entry<Double, double[]> median =
                byRatio.entrySet().stream().skip(byRatio.size() / 2).findFirst().orElseThrow();
        figure("sink", median.getValue()[0], "links/s");
        figure("raw_row_binary", median.getValue()[1], "links/s");
        figure("sink.to_raw", 100 * median.getKey(), "%");
        visible(server, broker, sink, HALF * median.getValue()[0]);
    }

    private void visible(RawTable server, BrokerProcess broker, SinkRate sink, double rate) {
        clear(server);
        int all = (int) (rate * LATENCY_SECONDS);
        try (LinkTopic topic = new LinkTopic(broker.bootstrapServers(), "live", seed + 1, all);
                TopicSink<Link> running = sink.sink("live", "live")) {
            running.start();
            Times times = new Visibility(server, RATES).measure(topic, running, rate, LATENCY_SECONDS);
            figure("visible.rate", rate, "links/s");
            figure("visible.p50", times.median(), "ms");
            figure("visible.p99", times.percentile(99), "ms");
        }
    }

    private void millions(EmbeddedClickHouse engine, RawTable server) {
        ClickHouse clickHouse = database(engine, MILLIONS);
        long startedNanos = System.nanoTime();
        GeneratedLinks replays = new GeneratedLinks(server, MILLIONS);
        replays.insert(generated, progress);
        figure("generated", generated * 1e9 / (System.nanoTime() - startedNanos), "links/s");
        figure("bytes_a_link", bytes(server, "") / generated, "B");
        figure("bytes_a_link.replay_links", bytes(server, " AND table = 'replay_links'") / generated, "B");
        questions(clickHouse, server, "", question -> true);
        progress.accept("merging the parts of each table");
        merge(server);
        questions(clickHouse, server, "merged.", question -> true);
        replays.delete(generated);
        questions(clickHouse, server, "some_deleted.", Questions.ISSUE::equals);
    }

    private void questions(ClickHouse clickHouse, RawTable server, String state, Predicate<String> which) {
        figure(
                state + "parts",
                (double) server.number("SELECT count()" + PARTS + " AND table = 'replay_links'"),
                "parts");
        new Questions(clickHouse, server, MILLIONS, seed).measure(which).forEach((question, times) -> {
            figure(state + question + ".median", times.median(), "ms");
            figure(state + question + ".p99", times.percentile(99), "ms");
        });
    }

    /** As they are when nothing was inserted for long: one part a month. */
    private static void merge(RawTable server) {
        server.text("SELECT DISTINCT table" + PARTS)
                .lines()
                .forEach(table -> server.bytes("OPTIMIZE TABLE `" + MILLIONS + "`.`" + table + "` FINAL"));
    }

    private static double bytes(RawTable server, String more) {
        return server.number("SELECT sum(bytes_on_disk)" + PARTS + more);
    }

    private static void clear(RawTable server) {
        server.text("SELECT name FROM system.tables WHERE database = '" + RATES
                        + "' AND engine LIKE '%MergeTree' AND name != 'replay_linker_migrations'")
                .lines()
                .forEach(table -> server.bytes("TRUNCATE TABLE `" + RATES + "`.`" + table + "`"));
    }

    private static ClickHouse database(EmbeddedClickHouse engine, String name) {
        ClickHouse clickHouse =
                new ClickHouse(ClickHouseSettings.of(engine.httpUrl(), name, engine.user(), engine.password()));
        new Migrations(clickHouse).apply(line -> {});
        return clickHouse;
    }

    private void figure(String name, double value, String unit) {
        figures.add(new Figure(name, value, unit));
        progress.accept("%s = %,.2f %s".formatted(name, value, unit));
    }
}
