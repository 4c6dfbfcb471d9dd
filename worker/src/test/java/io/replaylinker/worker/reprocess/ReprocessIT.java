package io.replaylinker.worker.reprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.LinkReader;
import io.replaylinker.sinks.clickhouse.Migrations;
import io.replaylinker.sinks.clickhouse.StandingFacts;
import io.replaylinker.sinks.clickhouse.TableReader;
import io.replaylinker.testkit.EmbeddedClickHouse;
import io.replaylinker.testkit.EmbeddedKafka;
import io.replaylinker.worker.ReplayLinkerCommand;
import io.replaylinker.worker.cli.ExitCodes;
import io.replaylinker.worker.cli.Program;
import io.replaylinker.worker.lifecycle.Worker;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.SettingsReader;
import io.replaylinker.worker.wiring.ClickHouseWiring;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whole runs beside a running worker, on a real broker and a real engine. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReprocessIT {

    private static final long SEED = Long.getLong("seed", 20261005L);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Long over, so that nobody waits for anything any more. */
    private static Instant start = Instant.EPOCH;

    private static final Duration LENGTH = Duration.ofHours(3);

    private static EmbeddedKafka kafka = EmbeddedKafka.start();
    private static EmbeddedClickHouse server = EmbeddedClickHouse.start();
    private static Settings settings;
    private static Worker worker;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void prepare() throws Exception {
        System.out.println("seed " + SEED);
        start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(8));
        kafka.createTopic(Visits.EVENTS, 2, Map.of());
        kafka.createTopic(Visits.REPLAYS, 2, Map.of());
        Files.writeString(config(), String.join("\n", lines()));
        settings = SettingsReader.read(config(), Map.of());
        new Migrations(clickHouse()).apply(step -> {});
        produce(Visits.of(SEED, start, LENGTH));
        worker = Worker.start(settings, new SimpleMeterRegistry());
        awaitLinks();
    }

    @AfterAll
    static void stop() {
        worker.close();
        server.close();
        kafka.close();
    }

    private static Path config() {
        return folder.resolve("worker.properties");
    }

    private static List<String> lines() {
        return List.of(
                "kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                "kafka.commit.interval.ms=100",
                "schema.registry.url=mock://reprocess",
                "events.topics=events:sentry-json",
                "state.dir=" + folder.resolve("state"),
                "shuffle.partitions=2",
                "topics.partitions=1",
                "topics.replication=1",
                "clickhouse.url=" + server.httpUrl(),
                "clickhouse.user=" + server.user(),
                "clickhouse.compress=false");
    }

    /** The first run may explain what the worker, which has just started, has not told yet. */
    @Test
    @Order(1)
    void shouldFindWhatTheWorkerFoundInAnyRange() throws Exception {
        List<String> before = links();

        Result all = run("--from", first().toString(), "--to", end().toString(), "--diff");
        Result part = run(
                "--from",
                start.plusSeconds(3_600).toString(),
                "--to",
                start.plusSeconds(7_000).toString(),
                "--diff");

        assertThat(all.code()).as(all.toString()).isZero();
        assertThat(all.out()).doesNotContain("+ event", "- event", "~ event").contains("are as they were");
        assertThat(part.code()).as(part.toString()).isZero();
        assertThat(part.out()).doesNotContain("+ event", "- event", "~ event", "? event");
        assertThat(links()).isEqualTo(before);
        assertThat(folder.resolve("state")).isDirectoryNotContaining("glob:**_reprocess_*");
    }

    @Test
    @Order(2)
    void shouldRepairWhatWasLostAndTakeBackWhatIsWrong() throws Exception {
        List<String> before = links();
        Result first = run("--from", first().toString(), "--to", end().toString());
        execute(
                "ALTER TABLE default.replay_links DELETE WHERE cityHash64(event_id) % 3 = 0 SETTINGS mutations_sync = 1");
        execute("""
                INSERT INTO default.replay_links SELECT * REPLACE (reverse(replay_id) AS replay_id, 7 AS version)
                FROM default.replay_links FINAL WHERE cityHash64(event_id) % 3 = 1 LIMIT 5""");
        List<String> damaged = links();

        Result repair = run("--from", first().toString(), "--to", end().toString(), "--diff", "--json");
        Result again = run("--from", first().toString(), "--to", end().toString(), "--json");

        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(damaged).isNotEqualTo(before);
        assertThat(repair.code()).as(repair.toString()).isZero();
        assertThat(repair.out()).contains("\"kind\" : \"added\"", "\"changed\" : 5");
        assertThat(links()).isEqualTo(before);
        assertThat(again.out()).contains("\"added\" : 0", "\"changed\" : 0", "\"taken_back\" : 0", "\"explained\" : 0");
    }

    @Test
    @Order(3)
    void shouldGoOnAfterItWasStopped() throws Exception {
        List<String> before = links();
        execute(
                "ALTER TABLE default.replay_links DELETE WHERE cityHash64(event_id) % 3 = 0 SETTINGS mutations_sync = 1");
        Run run = Run.of(settings, "stopped");
        AtomicInteger looks = new AtomicInteger();
        Range range = new Range(first(), end(), Map.of());

        try (RunStore store = RunStore.open(run.folder())) {
            Reprocess cut =
                    new Reprocess(settings, run, nobody(), () -> looks.incrementAndGet() > 150, Clock.systemUTC());
            Plan plan = cut.plan(new RangeRequest(range.from(), range.to(), Map.of(), Map.of()));
            store.note("plan", PlanText.write(plan));
            assertThatThrownBy(() -> cut.run(store, plan, 0)).hasMessageContaining("stopped before the end");
            assertThat(Reading.positions(store)).isNotEmpty();
            assertThat(Reading.isDone(store)).isFalse();
        }
        Result rest = run("--run-id", "stopped", "--keep");
        Result cleaned = run("--run-id", "stopped", "--clean-up");

        assertThat(rest.code()).as(rest.toString()).isZero();
        assertThat(rest.err()).contains("going on with run stopped");
        assertThat(links()).isEqualTo(before);
        assertThat(cleaned.code()).as(cleaned.toString()).isZero();
        assertThat(run.folder()).doesNotExist();
    }

    @Test
    @Order(4)
    void shouldTakeOffsetsForTimes() throws Exception {
        Path offsets = Files.writeString(folder.resolve("offsets.csv"), "events,1,20\n");
        Path beyond = Files.writeString(folder.resolve("beyond.csv"), "events,1,20000000\n");

        Result result = run("--from-offsets", offsets.toString(), "--json");
        Result impossible = run("--from-offsets", beyond.toString());

        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).contains("\"added\" : 0");
        assertThat(impossible.code()).isEqualTo(ExitCodes.FAILURE);
        assertThat(impossible.err()).contains("events partition 1", "which is what the topic holds");
    }

    @Test
    @Order(5)
    void shouldEndBehindTransactionsAndAbortedRecords() throws Exception {
        Instant at = end().plusSeconds(1_800);
        String replay = "abcdef00".repeat(4);
        transaction(
                List.of(
                        new Visits.Message(Visits.REPLAYS, 0, at.toEpochMilli(), Visits.segment(replay, 0, "", at, at)),
                        event("a1", replay, at)),
                true);
        transaction(List.of(event("a2", replay, at)), false);

        Result result = run(
                "--from",
                at.minusSeconds(60).toString(),
                "--to",
                at.plusSeconds(60).toString(),
                "--json");

        assertThat(result.code()).as(result.toString()).isZero();
    }

    /** Last, because what was taken stays away. */
    @Test
    @Order(6)
    void shouldLeaveAloneWhatRetentionHidesFromIt() throws Exception {
        List<String> before = links();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(Visits.REPLAYS, 0),
                            RecordsToDelete.beforeOffset(100),
                            new TopicPartition(Visits.REPLAYS, 1),
                            RecordsToDelete.beforeOffset(100)))
                    .all()
                    .get();
        }

        Result plan = run("--from", first().toString(), "--to", end().toString(), "--dry-run");
        Result result = run("--from", first().toString(), "--to", end().toString(), "--diff");

        assertThat(plan.out()).contains("retention has taken it", "none of theirs changed");
        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).doesNotContain("+ event", "- event", "~ event", "? event");
        assertThat(links()).isEqualTo(before);
    }

    /** What the worker has learned from events of long ago is not to be taken for unknown. */
    @Test
    @Order(7)
    void shouldKnowWhoseProjectsAreFromTheTables() throws Exception {
        execute("""
                INSERT INTO default.replays (organization_id, project_id, day, replay_id, started_at, last_seen_at)
                VALUES (5, 77, '2026-10-05', 'aaaaaaaaaaaaaaaa', '2026-10-05 09:00:00', '2026-10-05 09:10:00'),
                       (6, 88, '2026-10-05', 'bbbbbbbbbbbbbbbb', '2026-10-05 09:00:00', '1970-01-01 00:00:00')""");

        try (TableReader tables = new TableReader(clickHouse())) {
            assertThat(new StandingFacts(tables).affiliations())
                    .contains(new StandingFacts.Affiliation(22, 1), new StandingFacts.Affiliation(77, 5))
                    .doesNotContain(new StandingFacts.Affiliation(88, 6));
        }
    }

    /** Kafka's reset tool deletes what begins with the application id and a dash. */
    @Test
    @Order(8)
    void shouldLeaveNothingInKafka() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).noneMatch(name -> name.contains("reprocess"));
            assertThat(admin.listGroups().all().get())
                    .noneMatch(group -> group.groupId().contains("reprocess"));
        }
    }

    private static Visits.Message event(String id, String replay, Instant at) {
        String contexts = "\"replay\":{\"replay_id\":\"" + replay + "\"}";
        return new Visits.Message(Visits.EVENTS, 0, at.toEpochMilli(), Visits.event(id.repeat(16), contexts, at));
    }

    private static void transaction(List<Visits.Message> messages, boolean commit) throws Exception {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "somebody-" + commit);
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (Visits.Message message : messages) {
                producer.send(new ProducerRecord<>(
                                message.topic(), message.partition(), message.timestampMs(), null, message.value()))
                        .get();
            }
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = clickHouse().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first visitor's events may be before the visitor's replay. */
    private static Instant first() {
        return start.minusSeconds(60);
    }

    private static Instant end() {
        return start.plus(LENGTH);
    }

    private static PrintWriter nobody() {
        return new PrintWriter(new StringWriter());
    }

    private record Result(int code, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = ReplayLinkerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("reprocess", "--config", config().toString()));
        all.addAll(List.of(arguments));
        int code = new Program(command).run(all.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private static void awaitLinks() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int last = -1;
        int same = 0;
        while (same < 10 && System.nanoTime() < deadline) {
            Thread.sleep(500);
            int now = links().size();
            same = now > 0 && now == last ? same + 1 : 0;
            last = now;
        }
        assertThat(last).isPositive();
    }

    /** All that stands, without the times at which it came. */
    private static List<String> links() {
        TreeSet<String> links = new TreeSet<>();
        new LinkReader(clickHouse()).forEach(link -> links.add(link.toString()));
        return List.copyOf(links);
    }

    private static ClickHouse clickHouse() {
        return ClickHouseWiring.clickHouse(settings);
    }

    private static void produce(List<Visits.Message> messages) throws ExecutionException, InterruptedException {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = messages.stream()
                    .map(message -> producer.send(new ProducerRecord<>(
                            message.topic(), message.partition(), message.timestampMs(), null, message.value())))
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }
}
