package io.replaylinker.tools.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.testkit.EmbeddedRegistry;
import io.replaylinker.testkit.FaultyClickHouse;
import io.replaylinker.testkit.FaultyClickHouse.Fault;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.tools.WorkerProcess;
import io.replaylinker.worker.lifecycle.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Processes whose sinks get a stop signal or are killed while a batch is on its way, or meet a row that does not fit: nothing is lost, and
 * nothing doubled where somebody can tell. All links are made once; each test reads them from their beginning into a
 * database of its own, and they run side by side because they mostly wait.
 */
@Execution(ExecutionMode.CONCURRENT)
class SinkFaultsIT {

    /** More than the 10,000 rows of a batch, so that one is on its way while the next one is gathered. */
    private static final int EVENTS = 12_000;

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String LINKS = "replay-links";

    /** For a worker that will be killed. One that must keep its partitions should not lose them to a slow machine. */
    private static final Map<String, String> MISSED_SOON =
            Map.of("kafka.consumer.session.timeout.ms", "2000", "kafka.consumer.heartbeat.interval.ms", "500");

    private static final Installation INSTALLATION = Installation.start();
    private static final EmbeddedRegistry REGISTRY = EmbeddedRegistry.start();

    private final FaultyClickHouse proxy = new FaultyClickHouse(INSTALLATION.server(), "replay_links");
    private String name = "";

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void makeLinks(@TempDir Path folder) throws Exception {
        Map<String, String> settings =
                INSTALLATION.settings(folder, Map.of("roles", "join", "schema.registry.url", REGISTRY.url()));
        try (Worker join = Worker.start(SettingsReader.of(settings), new SimpleMeterRegistry())) {
            produceEvents(Installation.EVENTS, Installation.REPLAYS, EVENTS);
            Installation.await("all are linked", () -> INSTALLATION.count(LINKS) == EVENTS);
            assertThat(join.failure()).isEmpty();
        }
    }

    @BeforeEach
    void createTables(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        INSTALLATION.createTables(name);
        // A merge would hide what came twice.
        INSTALLATION.execute("SYSTEM STOP MERGES " + name + ".replay_links");
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    @AfterAll
    static void stop() {
        REGISTRY.close();
        INSTALLATION.close();
    }

    @Test
    void shouldFinishTheInsertThatIsHeldUpWhenAskedToStop() throws Exception {
        proxy.next(Fault.HELD_UP);
        try (WorkerProcess worker = sink("worker", Map.of())) {
            Installation.await("an insert is held up", () -> !proxy.tokens().isEmpty(), worker);

            assertThat(worker.stop(Duration.ofSeconds(1))).as("it waits").isEqualTo(-1);
            proxy.release();

            assertThat(worker.awaitEnd(Installation.TIMEOUT)).as(worker.log()).isZero();
        }
        // A slow machine has not read all of them by then.
        assertThat(rows()).isPositive();
        assertThat(committed("links")).isEqualTo(new OffsetAndMetadata(rows()));
        assertThat(proxy.tokens()).doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveABatchThatHangsToTheNextWorkerWhenAskedToStop() throws Exception {
        proxy.next(Fault.SLOW);
        try (WorkerProcess worker = sink("first", Map.of())) {
            Installation.await("an insert hangs", () -> !proxy.tokens().isEmpty(), worker);

            assertThat(worker.stop(Installation.TIMEOUT)).as(worker.log()).isZero();
        }
        assertTakenOver();
    }

    @Test
    void shouldLeaveABatchToTheNextWorkerWhenKilled() throws Exception {
        proxy.next(Fault.SLOW);
        try (WorkerProcess worker = sink("first", MISSED_SOON)) {
            Installation.await("an insert hangs", () -> !proxy.tokens().isEmpty(), worker);

            worker.kill();
        }
        assertTakenOver();
    }

    /** By a worker that has nothing from the first one but what Kafka keeps; the rows of the noted batch are in the table already. */
    private void assertTakenOver() throws Exception {
        OffsetAndMetadata noted = committed("links");
        assertThat(noted.offset()).isZero();
        assertThat(noted.metadata()).startsWith("v1;pending=");
        Installation.await("the rows are in", () -> rows() > 0);

        try (WorkerProcess next = sink("next", Map.of())) {
            Installation.await("all is safe", () -> committed("links").offset() == EVENTS, next);

            assertThat(next.log()).contains("is inserted again unchanged");
            assertThat(next.stop(Installation.TIMEOUT)).as(next.log()).isZero();
        }
        assertThat(proxy.tokens().get(1))
                .as("the same rows")
                .isEqualTo(proxy.tokens().get(0));
        assertThat(rows()).isEqualTo(EVENTS);
    }

    @Test
    void shouldSendSentryAllLinksThroughAKill() throws Exception {
        String sentryTopic = name + "-links";
        INSTALLATION.createTopic(sentryTopic);
        Map<String, String> sentrySettings = new HashMap<>(MISSED_SOON);
        sentrySettings.putAll(Map.of("sentry.event-links", "all", "sentry.event-links.topic", sentryTopic));
        try (WorkerProcess worker = sink("first", sentrySettings)) {
            Installation.await("a link is published to Sentry", () -> INSTALLATION.count(sentryTopic) > 0, worker);

            worker.kill();
        }
        long before = INSTALLATION.count(sentryTopic);
        long safe = committed("sentry").offset();

        try (WorkerProcess next = sink("next", sentrySettings)) {
            Installation.await("all is safe", () -> committed("sentry").offset() == EVENTS, next);
        }

        // What was published before the commit is published again, the same to the byte, so that Sentry's table keeps
        // one of it.
        List<String> messages = INSTALLATION.values(sentryTopic).stream()
                .map(message -> new String(message, UTF_8))
                .toList();
        assertThat(messages).hasSizeGreaterThanOrEqualTo((int) (before - safe) + EVENTS);
        assertThat(messages.stream().distinct()).hasSize(EVENTS);
    }

    @Test
    void shouldSetABadRowAsideAndWriteTheOthers() throws Exception {
        int events = 20;
        INSTALLATION.createTopic(name + "-events");
        INSTALLATION.createTopic(name + "-replays");
        INSTALLATION.execute("ALTER TABLE " + name + ".replay_links ADD CONSTRAINT not_seven CHECK event_id != unhex('"
                + event(7) + "')");
        Map<String, String> settings = new HashMap<>(Map.of(
                "roles",
                "join,sink",
                "sink.bad-rows",
                "set-aside",
                "events.topics",
                name + "-events:sentry-json",
                "replays.topics",
                name + "-replays:sentry-json"));
        List.of("links", "states", "unlinked", "dead-letters", "trace-nodes")
                .forEach(what -> settings.put(what + ".topic", name + "-" + what));

        try (WorkerProcess worker = sink("worker", settings)) {
            produceEvents(name + "-events", name + "-replays", events);
            Installation.await("there is a letter", () -> INSTALLATION.count(name + "-dead-letters") > 0, worker);
            Installation.await("the others are in", () -> rows() == events - 1, worker);

            assertThat(worker.log()).contains("is set aside").contains("a constraint of the table refuses a row");
            assertThat(worker.stop(Installation.TIMEOUT)).as(worker.log()).isZero();
        }

        assertThat(INSTALLATION.values(name + "-dead-letters")).singleElement().satisfies(value -> {
            DeadLetter deadLetter = deadLetter(value);
            assertThat(deadLetter.getTopic()).isEqualTo(name + "-links");
            assertThat(deadLetter.getStage()).isEqualTo("sink");
            assertThat(deadLetter.getReason()).isEqualTo("ROW_REFUSED");
        });
        assertThat(INSTALLATION.committed(name + "-links-sink", name + "-links").offset())
                .isEqualTo(events);
    }

    private WorkerProcess sink(String worker, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "roles",
                "sink",
                "application.id",
                name,
                "schema.registry.url",
                REGISTRY.url(),
                "clickhouse.url",
                proxy.url(),
                "clickhouse.database",
                name,
                "kafka.consumer.session.timeout.ms",
                "6000",
                // The faults hit the links alone.
                "context.nodes",
                "off"));
        settings.putAll(more);
        return INSTALLATION.worker(folder.resolve(worker), settings);
    }

    private OffsetAndMetadata committed(String sink) {
        return INSTALLATION.committed(name + "-" + sink + "-sink", LINKS);
    }

    /** Without FINAL: as they lie there. */
    private long rows() {
        return Long.parseLong(INSTALLATION
                .query("SELECT count() FROM " + name + ".replay_links")
                .get(0));
    }

    private static DeadLetter deadLetter(byte[] value) {
        try (Deserializer<?> deserializer =
                ValueSerdes.of(Map.of("schema.registry.url", REGISTRY.url())).deserializer(DeadLetter.class)) {
            return (DeadLetter) deserializer.deserialize("", value);
        }
    }

    private static void produceEvents(String events, String replays, int count) throws Exception {
        INSTALLATION.produce(replays, SentryMessages.segment(REPLAY));
        INSTALLATION.produce(
                events,
                IntStream.range(0, count)
                        .mapToObj(number -> SentryMessages.eventOfReplay(event(number), REPLAY))
                        .toList());
    }

    private static String event(int number) {
        return String.format("%032x", 0xe0000000L + number);
    }
}
