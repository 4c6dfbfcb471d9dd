package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.deploy.Distribution.Running;
import io.replaylinker.deploy.RecordingAuthorizer.Decision;
import io.replaylinker.testkit.EmbeddedClickHouse;
import io.replaylinker.testkit.EmbeddedRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution between a broker and a ClickHouse that let users do only what {@code deploy/kafka} and {@code deploy/clickhouse} grant. */
class LeastRightsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";
    private static final String COUNT =
            "SELECT count() FROM replay_linker.replay_links FINAL WHERE event_project_id = 22";
    private static final int REFUSED_PROJECT = 666;
    private static final String JOIN = """
            roles=join
            processing.guarantee=exactly_once_v2
            kafka.main.consumer.group.instance.id=join-0
            """;
    private static final String SINK = """
            roles=sink
            sentry.event-links=all
            sink.bad-rows=set-aside
            """;

    @TempDir
    private static Path folder = Path.of("");

    private static GuardedKafka kafka = GuardedKafka.start("join", "sink");
    private static EmbeddedRegistry registry = EmbeddedRegistry.start();

    @BeforeAll
    static void prepare() throws Exception {
        kafka.createTopics("events", "transactions", "ingest-replay-events");
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    /** An event without a replay is told half a minute after the join's start, so all else is done in the meantime. */
    @Test
    void shouldNeedAllRightsThatAreDocumentedAndNoOther() throws Exception {
        Distribution distribution = Distribution.unpack(folder);
        List<AclBinding> joins = DocumentedAcls.of("User:join", "join,join-create-topics,join-exactly-once");
        List<AclBinding> sinks = DocumentedAcls.of("User:sink", "sink,sink-set-aside,sink-sentry");
        kafka.grant(joins);
        kafka.grant(sinks);
        try (Running join = distribution.start(folder.resolve("join"), "run", "--config", settings("join", JOIN))) {
            kafka.produce("ingest-replay-events", segment());
            kafka.produce("events", event(EVENT, 22, REPLAY));
            kafka.produce("events", event(EVENT.replace('1', 'a'), REFUSED_PROJECT, REPLAY));
            kafka.produce("events", event(EVENT.replace('1', 'b'), 22, REPLAY.replace('8', 'c')));
            kafka.produce("events", "no event at all");

            makeTables(distribution);
            writeLinks(distribution, join, sinks);
            readLinks(distribution);

            await(() -> idle(joins).isEmpty(), join);
            assertThat(denied()).as(join.log()).isEmpty();
            assertThat(idle(joins)).as(join.log()).isEmpty();
            assertThat(join.stop(PATIENCE)).as(join.log()).isZero();
        }
    }

    private static void makeTables(Distribution distribution) throws Exception {
        try (EmbeddedClickHouse owners = clickHouseOf("owner")) {
            String applied = run(distribution, owners, "tables", "--apply");
            assertThat(applied).contains("V001__replay_links.sql: applied").doesNotContain("failed");
            sql(
                    owners,
                    "ALTER TABLE replay_linker.replay_links ADD CONSTRAINT c CHECK event_project_id != "
                            + REFUSED_PROJECT);
        }
    }

    private static void writeLinks(Distribution distribution, Running join, List<AclBinding> rights) throws Exception {
        // A sink knows its topics when they are there, which is the join's work.
        await(() -> join.log().contains("Started with the roles"), join);
        try (EmbeddedClickHouse writers = clickHouseOf("writer");
                Running sink = distribution.start(
                        folder.resolve("sink"), "run", "--config", settings("sink", tablesOn(writers) + SINK))) {
            assertThat(sql(writers, "DROP TABLE replay_linker.replay_links")).contains("ACCESS_DENIED");

            await(() -> idle(rights).isEmpty() && sql(writers, COUNT).equals("1"), join, sink);

            assertThat(denied()).as(join.log() + sink.log()).isEmpty();
            assertThat(idle(rights)).as(sink.log()).isEmpty();
            assertThat(sql(writers, COUNT)).as(sink.log()).isEqualTo("1");
            assertThat(sink.stop(PATIENCE)).as(sink.log()).isZero();
        }
    }

    private static void readLinks(Distribution distribution) throws Exception {
        try (EmbeddedClickHouse readers = clickHouseOf("reader")) {
            assertThat(run(distribution, readers, "lookup", "event", EVENT)).contains(REPLAY);
            assertThat(run(distribution, readers, "lookup", "replays")).contains(REPLAY);
            assertThat(run(distribution, readers, "coverage")).contains("backend errors have a replay");
            assertThat(run(distribution, readers, "why", EVENT)).contains(REPLAY);
            assertThat(sql(
                            readers,
                            "INSERT INTO replay_linker.replays_by_trace SELECT * FROM replay_linker.replays_by_trace"))
                    .contains("ACCESS_DENIED");
        }
    }

    /** A server on the same data whose only user has the rights of that one in {@code grants.sql}. */
    private static EmbeddedClickHouse clickHouseOf(String user) throws IOException {
        return EmbeddedClickHouse.start(
                new EmbeddedClickHouse.Options().data(folder.resolve("data")).grants(DocumentedGrants.of(user)));
    }

    private static String run(Distribution distribution, EmbeddedClickHouse server, String... command)
            throws IOException, InterruptedException {
        Stream<String> words =
                Stream.concat(Stream.of(command), Stream.of("--config", settings("sink", tablesOn(server))));
        return distribution.run(folder.resolve("command"), words.toArray(String[]::new));
    }

    private static List<AclBinding> idle(List<AclBinding> rights) {
        List<Decision> decisions = RecordingAuthorizer.decisions();
        return rights.stream()
                .filter(right -> decisions.stream().noneMatch(decision -> DocumentedAcls.grants(right, decision)))
                .toList();
    }

    /**
     * Before the first transaction ever the brokers' configuration is looked at, to say at once what a try would say after its time-out;
     * a worker that may not look tries.
     */
    private static List<Decision> denied() {
        return RecordingAuthorizer.decisions().stream()
                .filter(decision -> !decision.allowed())
                .filter(decision -> decision.type() != ResourceType.CLUSTER
                        || decision.operation() != AclOperation.DESCRIBE_CONFIGS)
                .toList();
    }

    private static void await(Condition condition, Running... workers) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && !condition.holds()) {
            for (Running worker : workers) {
                assertThat(worker.isAlive()).as(worker.log()).isTrue();
            }
            Thread.sleep(200);
        }
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static String settings(String user, String more) throws IOException {
        StringBuilder settings = new StringBuilder("""
                kafka.commit.interval.ms=100
                kafka.repartition.purge.interval.ms=200
                schema.registry.url=%s
                state.dir=%s
                shuffle.partitions=1
                topics.partitions=1
                topics.replication=1
                wait=1s
                replays.idle-after=1s
                http.port=0
                """.formatted(registry.url(), folder.resolve("state")));
        kafka.client(user).forEach((key, value) -> settings.append("kafka." + key + "=" + value + "\n"));
        return Files.writeString(folder.resolve(user + ".properties"), settings + more)
                .toString();
    }

    private static String tablesOn(EmbeddedClickHouse server) {
        return """
                clickhouse.url=%s
                clickhouse.database=replay_linker
                clickhouse.compress=false
                """.formatted(server.httpUrl());
    }

    private static String sql(EmbeddedClickHouse server, String sql) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.httpUrl()))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .strip();
    }

    private static String segment() {
        long now = Instant.now().getEpochSecond();
        return """
                {"start_time":%d,"replay_id":"%s","project_id":11,"retention_days":90,"payload":{"type":"replay_event",\
                "replay_id":"%s","segment_id":0,"replay_type":"session","timestamp":%d,"replay_start_timestamp":%d,\
                "trace_ids":[],"platform":"javascript"}}""".formatted(now, REPLAY, REPLAY, now, now - 5);
    }

    private static String event(String id, int project, String replay) {
        long now = Instant.now().getEpochSecond();
        return """
                [2,"insert",{"event_id":"%s","organization_id":1,"project_id":%d,"platform":"node","data":{"type":"error",\
                "level":"error","timestamp":%d,"received":%d,"contexts":{"replay":{"replay_id":"%s"}}}},{}]""".formatted(id, project, now - 1, now, replay);
    }
}
