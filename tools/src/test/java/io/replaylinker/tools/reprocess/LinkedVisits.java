package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.query.Links;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.tools.ReplayLinkerCommand;
import io.replaylinker.tools.WorkerProcess;
import io.replaylinker.worker.lifecycle.Worker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Some hours of visitors, long over, that a running worker has linked into the tables of an engine. */
final class LinkedVisits implements AutoCloseable {

    private static final long SEED = Long.getLong("seed", 20261005L);
    private static final Duration LENGTH = Duration.ofHours(3);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int LOOKS_ALIKE = 12;

    /** Long over, so that nobody waits for anything any more. */
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(8));

    private final EmbeddedKafka kafka;
    private final Path folder;
    private final Settings settings;
    private final Worker worker;
    private EmbeddedClickHouse server;

    /** How the visits come to their topics. */
    interface Feed {
        void bring(String brokers, List<Visits.Message> messages) throws Exception;
    }

    /** What a command said, and its exit code. */
    record Result(int code, String out, String err) {}

    private LinkedVisits(EmbeddedKafka kafka, Path folder, Map<String, String> more, Feed feed) throws Exception {
        System.out.println("seed " + SEED);
        this.kafka = kafka;
        this.folder = folder;
        server = EmbeddedClickHouse.start(folder.resolve("tables"));
        kafka.createTopic(Visits.EVENTS, 2, Map.of());
        kafka.createTopic(Visits.REPLAYS, 2, Map.of());
        Files.writeString(config(), text(more));
        settings = SettingsReader.read(config(), Map.of());
        new Migrations(clickHouse()).apply(step -> {});
        feed.bring(kafka.bootstrapServers(), Visits.of(SEED, start, LENGTH));
        worker = Worker.start(settings, new SimpleMeterRegistry());
    }

    /**
     * Returns when they are linked.
     *
     * @param kafka is closed with this
     * @param more settings of the worker and of the runs
     */
    static LinkedVisits start(EmbeddedKafka kafka, Path folder, Map<String, String> more, Feed feed) throws Exception {
        LinkedVisits visits = new LinkedVisits(kafka, folder, more, feed);
        visits.awaitLinks();
        return visits;
    }

    private String text(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", kafka.bootstrapServers()),
                Map.entry("kafka.commit.interval.ms", "100"),
                Map.entry("schema.registry.url", "mock://" + folder.getFileName()),
                Map.entry("events.topics", "events:sentry-json"),
                Map.entry("shuffle.partitions", "2"),
                Map.entry("topics.partitions", "1"),
                Map.entry("topics.replication", "1"),
                Map.entry("http.port", "0"),
                Map.entry("clickhouse.url", server.httpUrl()),
                Map.entry("clickhouse.user", server.user()),
                Map.entry("clickhouse.compress", "false")));
        all.putAll(more);
        return all.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    Settings settings() {
        return settings;
    }

    ClickHouse clickHouse() {
        return ClickHouseWiring.clickHouse(settings);
    }

    /** The first visitor's events may be before the visitor's replay. */
    Instant first() {
        return start.minusSeconds(60);
    }

    Instant start() {
        return start;
    }

    Instant end() {
        return start.plus(LENGTH);
    }

    private Path config() {
        return folder.resolve("worker.properties");
    }

    /** Runs the command in this process. */
    Result run(String... arguments) {
        StringWriter err = new StringWriter();
        return run(err, arguments);
    }

    /** The same, and what it says beside its result can be read meanwhile. */
    Result run(StringWriter err, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command = ReplayLinkerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("reprocess", "--config", config().toString()));
        all.addAll(List.of(arguments));
        int code = new Program(command).run(all.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    /** Runs it over the whole time. */
    Result runAll(String... arguments) {
        return run(all(arguments));
    }

    /** The same in a process of its own. */
    WorkerProcess process(String name, Map<String, String> more, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("reprocess"));
        command.addAll(List.of(all(arguments)));
        return WorkerProcess.start(folder.resolve(name), text(more), command.toArray(String[]::new));
    }

    /** A run's options with those of the whole time. */
    String[] all(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--from", first().toString(), "--to", end().toString()));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = clickHouse().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A third of the links is lost. */
    void loseLinks() throws SQLException {
        execute(
                "ALTER TABLE default.replay_links DELETE WHERE cityHash64(event_id) % 3 = 0 SETTINGS mutations_sync = 1");
    }

    /** All that stands, without the times at which it came. */
    List<String> links() {
        try (TableReader tables = new TableReader(clickHouse())) {
            return new Links(tables)
                    .all().stream()
                            .map(link -> link.toString().replaceFirst(", ingestedAt=.*", ""))
                            .sorted()
                            .toList();
        }
    }

    /** Until no more have come for a while, since nobody knows how many there are to be. */
    private void awaitLinks() throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        int last = -1;
        int same = 0;
        while (same < LOOKS_ALIKE && System.nanoTime() < deadline) {
            Thread.sleep(300);
            int now = links().size();
            same = now > 0 && now == last ? same + 1 : 0;
            last = now;
        }
        assertThat(last).isPositive();
    }

    /** Takes ClickHouse away; it comes back with its data at the same address. */
    void stopClickHouse() {
        server.close();
    }

    void startClickHouse() {
        server = EmbeddedClickHouse.start(
                new EmbeddedClickHouse.Options().data(folder.resolve("tables")).listen("127.0.0.1", server.port()));
    }

    @Override
    public void close() {
        worker.close();
        server.close();
        kafka.close();
    }
}
