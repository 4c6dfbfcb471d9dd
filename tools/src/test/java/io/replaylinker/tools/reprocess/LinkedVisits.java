package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.query.Links;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Some hours of visits, long over, that a running worker has linked. It has topics and a database of its own. */
final class LinkedVisits implements AutoCloseable {

    private static final long USUAL_SEED = 20261005L;
    private static final long SEED = Long.getLong("seed", USUAL_SEED);
    /** {@link #first()} in docs/reprocessing.md. */
    private static final Instant DOCUMENTED = Instant.parse("2026-11-21T07:57:57Z");

    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)([ T])(\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{3})?)(?= UTC|Z)");
    /** Long over, so that no event waits any more. */
    private static final Duration AGO = Duration.ofHours(8);

    private static final Duration LENGTH = Duration.ofHours(3);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int LOOKS_ALIKE = 12;

    private final TestServers servers;
    private final String name;
    private final Instant start;
    private final Path folder;
    private final Settings settings;
    private final Worker worker;

    /** Produces the visits to their topics. */
    interface Feed {
        void bring(String brokers, List<Visits.Message> messages) throws Exception;
    }

    /** What a command said, and its exit code. */
    record Result(int code, String out, String err) {}

    private LinkedVisits(TestServers servers, String name, Instant start, Map<String, String> more) throws Exception {
        this.servers = servers;
        this.name = name;
        this.start = start;
        folder = Files.createDirectory(servers.folder().resolve(name));
        Files.writeString(config(), text(more));
        settings = SettingsReader.read(config(), Map.of());
        new Migrations(clickHouse()).apply(step -> {});
        worker = Worker.start(settings, new SimpleMeterRegistry());
    }

    /**
     * Returns when they are linked.
     *
     * @param name of the database and of the application, and the first part of the names of the topics: one word, new on these servers
     * @param more settings of the worker and of the runs
     */
    static LinkedVisits start(TestServers servers, String name, Map<String, String> more, Feed feed) throws Exception {
        System.out.println("seed " + SEED);
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(AGO);
        for (String kind : List.of(Visits.EVENTS, Visits.REPLAYS)) {
            servers.kafka().createTopic(topic(name, kind), 2, Map.of());
        }
        feed.bring(
                servers.kafka().bootstrapServers(),
                Visits.of(SEED, start, LENGTH).stream()
                        .map(message -> message.to(topic(name, message.topic())))
                        .toList());
        LinkedVisits visits = new LinkedVisits(servers, name, start, more);
        visits.awaitLinks();
        return visits;
    }

    /**
     * Tables and output topics of another name for the same records. A first run fills the tables, because this worker has only sinks.
     *
     * @param another one word, new on these servers
     */
    LinkedVisits again(String another) throws Exception {
        for (String kind : List.of("replay-links", "replay-unlinked", "replay-states")) {
            servers.kafka().createTopic(topic(another, kind), 1, Map.of());
        }
        LinkedVisits visits = new LinkedVisits(
                servers,
                another,
                start,
                Map.of(
                        "roles",
                        "sink",
                        "events.topics",
                        topic(Visits.EVENTS) + ":sentry-json",
                        "replays.topics",
                        topic(Visits.REPLAYS) + ":sentry-json"));
        Result first = visits.runAll("--json");
        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(visits.links()).hasSameSizeAs(links());
        return visits;
    }

    private String text(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.ofEntries(
                Map.entry("application.id", name),
                Map.entry("kafka.bootstrap.servers", servers.kafka().bootstrapServers()),
                Map.entry("kafka.commit.interval.ms", "100"),
                Map.entry("schema.registry.url", "mock://" + name),
                Map.entry("events.topics", topic(Visits.EVENTS) + ":sentry-json"),
                Map.entry("replays.topics", topic(Visits.REPLAYS) + ":sentry-json"),
                Map.entry("links.topic", topic("replay-links")),
                Map.entry("unlinked.topic", topic("replay-unlinked")),
                Map.entry("states.topic", topic("replay-states")),
                Map.entry("dead-letters.topic", topic("replay-dead-letters")),
                // A run writes no nodes of traces.
                Map.entry("context.nodes", "off"),
                Map.entry("shuffle.partitions", "2"),
                Map.entry("topics.partitions", "1"),
                Map.entry("topics.replication", "1"),
                Map.entry("http.port", "0"),
                Map.entry("clickhouse.url", servers.clickHouse().httpUrl()),
                Map.entry("clickhouse.database", name),
                Map.entry("clickhouse.user", servers.clickHouse().user()),
                Map.entry("clickhouse.compress", "false")));
        all.putAll(more);
        return all.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The name of a topic of these visits. */
    String topic(String kind) {
        return topic(name, kind);
    }

    private static String topic(String name, String kind) {
        return name + "-" + kind;
    }

    Settings settings() {
        return settings;
    }

    /** The records that were produced, in topics without the name of these visits. */
    List<Visits.Message> messages() {
        return Visits.of(SEED, start, LENGTH);
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

    /** The same, with the records of other topics in place of those of the worker. */
    Result runOver(Map<String, String> sources, String... arguments) throws IOException {
        Path other = Files.writeString(folder.resolve("other.properties"), text(sources));
        return run(other, new StringWriter(), arguments);
    }

    /** The same as {@link #run(String...)}; its progress can be read meanwhile. */
    Result run(StringWriter err, String... arguments) {
        return run(config(), err, arguments);
    }

    private static Result run(Path config, StringWriter err, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command = ReplayLinkerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("reprocess", "--config", config.toString()));
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

    private void execute(String sql) throws SQLException {
        try (Connection connection = clickHouse().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A third of the links is lost. */
    void loseLinks() throws SQLException {
        execute("ALTER TABLE " + name
                + ".replay_links DELETE WHERE cityHash64(event_id) % 3 = 0 SETTINGS mutations_sync = 1");
    }

    /** A few links are lost, and two other events get a second link to a replay that does not exist. */
    void damageAFewLinks() throws SQLException {
        execute("""
                INSERT INTO %1$s.replay_links SELECT * REPLACE (reverse(replay_id) AS replay_id, 7 AS version)
                FROM %1$s.replay_links FINAL ORDER BY event_id DESC LIMIT 2""".formatted(name));
        execute("""
                ALTER TABLE %1$s.replay_links DELETE WHERE event_id IN
                (SELECT event_id FROM %1$s.replay_links FINAL ORDER BY event_id LIMIT 5) SETTINGS mutations_sync = 1""".formatted(name));
    }

    /**
     * What was printed, as docs/reprocessing.md has it: at its times, with the names of the default topics, and with sizes that do not depend
     * on how the producer put records together.
     *
     * @param prefix of the names of the topics
     */
    String asDocumented(String printed, String prefix) {
        Duration by = Duration.between(first(), DOCUMENTED);
        return TIME.matcher(printed)
                .replaceAll(time -> {
                    Instant at = Instant.parse(time.group(1) + "T" + time.group(3) + "Z")
                            .plus(by);
                    return at.toString().substring(0, 10)
                            + time.group(2)
                            + at.toString().substring(11, 19)
                            + time.group(3).substring(8);
                })
                .replaceAll("(?m)^(  topic) {" + prefix.length() + "}", "$1")
                .replace(prefix, "")
                .replaceAll("(?m)^(  events .*)~\\d\\d KB$", "$1~20 KB")
                .replaceAll("(?m)^(  ingest-replay-events .*)~\\d\\d KB$", "$1~50 KB")
                .replaceAll("~\\d{3} KB", "~140 KB");
    }

    /** Whether the visits are those of docs/reprocessing.md. */
    boolean areDocumented() {
        return SEED == USUAL_SEED;
    }

    /** Gives five events a second link, to a replay that does not exist. */
    void addWrongLinks() throws SQLException {
        execute("""
                INSERT INTO %1$s.replay_links SELECT * REPLACE (reverse(replay_id) AS replay_id, 7 AS version)
                FROM %1$s.replay_links FINAL WHERE cityHash64(event_id) %% 3 = 1 LIMIT 5""".formatted(name));
    }

    /** All current links, without the times at which they were inserted. */
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

    @Override
    public void close() {
        worker.close();
    }
}
