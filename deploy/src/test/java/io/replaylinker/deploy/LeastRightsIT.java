package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.deploy.Distribution.Running;
import io.replaylinker.deploy.RecordingAuthorizer.Decision;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.testkit.DocumentedBlock;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** The worker trims its topics once a minute, by how far it was a minute before. */
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";
    private static final String COUNT =
            "SELECT count() FROM replay_linker.replay_links FINAL WHERE event_project_id = 22";
    private static final int REFUSED_PROJECT = 666;
    private static final String UNSEEN_REPLAY = REPLAY.replace('8', 'c');
    private static final Set<AclOperation> OPTIONAL = EnumSet.of(AclOperation.DESCRIBE_CONFIGS, AclOperation.DESCRIBE);

    @TempDir
    private static Path folder = Path.of("");

    private static GuardedKafka kafka = GuardedKafka.start("join", "sink", "reprocess");
    private static EmbeddedRegistry registry = EmbeddedRegistry.start();

    @BeforeAll
    static void prepare() throws Exception {
        kafka.createTopics("events", "transactions", "generic-events", "ingest-spans", "ingest-replay-events");
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void shouldNeedAllRightsThatAreDocumentedAndNoOther() throws Exception {
        Distribution distribution = Distribution.unpack(folder);
        List<AclBinding> rights = new ArrayList<>();
        rights.addAll(DocumentedAcls.of("User:join", "join,join-create-topics,join-exactly-once"));
        rights.addAll(DocumentedAcls.of("User:sink", "sink,sink-set-aside,sink-sentry"));
        rights.addAll(DocumentedAcls.of("User:reprocess", "reprocess"));
        kafka.grant(rights);
        try (EmbeddedClickHouse owners = clickHouseOf("owner")) {
            String applied = run(distribution, owners, "tables", "--apply");
            DocumentedBlock.of("docs/deploying.md", "database replay_linker: made")
                    .shows(applied);
            // As with other settings of sentry.url before: the view with its addresses is made anew.
            sql(owners, "DROP VIEW replay_linker.sentry_organizations");
            sql(
                    owners,
                    "CREATE VIEW replay_linker.sentry_organizations AS SELECT toUInt64(1) AS organization_id,"
                            + " '' AS replay_address, '' AS issue_address, '' AS trace_address");
            assertThat(run(distribution, owners, "tables", "--apply"))
                    .contains("sentry_organizations: none")
                    .doesNotContain("failed");
            assertThat(sql(owners, "SELECT count() FROM replay_linker.sentry_organizations"))
                    .isEqualTo("0");
            refuse(owners, "replay_links", "event_project_id");
            refuse(owners, "link_coverage", "event_project_id");
            refuse(owners, "replays", "project_id");
        }

        Instant refusedFrom;
        try (EmbeddedClickHouse writers = clickHouseOf("writer")) {
            assertThat(sql(writers, "DROP TABLE replay_linker.replay_links")).contains("ACCESS_DENIED");
            refusedFrom = linkOneEvent(distribution, writers, rights);
        }

        try (EmbeddedClickHouse readers = clickHouseOf("reader")) {
            assertThat(run(distribution, readers, "lookup", "event", EVENT)).contains(REPLAY);
            assertThat(run(distribution, readers, "lookup", "replays")).contains(REPLAY);
            assertThat(run(distribution, readers, "coverage")).contains("backend errors have a replay");
            assertThat(run(distribution, readers, "why", EVENT)).contains(REPLAY);
            assertThat(reprocess(distribution, readers, refusedFrom))
                    .contains("2 events have a claim", "2  are unchanged");
            assertThat(sql(
                            readers,
                            "INSERT INTO replay_linker.replays_by_trace SELECT * FROM replay_linker.replays_by_trace"))
                    .contains("ACCESS_DENIED");
        }
    }

    /** Answers from when on there are only records of a project whose rows are refused. */
    private static Instant linkOneEvent(Distribution distribution, EmbeddedClickHouse server, List<AclBinding> rights)
            throws Exception {
        try (Running join = distribution.start(folder.resolve("join"), "run", "--config", settings("join", server));
                Running sink = startSink(distribution, server, join)) {
            kafka.produce("ingest-replay-events", segment(REPLAY, 11));
            kafka.produce("events", event(EVENT, 22, REPLAY));
            kafka.produce("events", event(EVENT.replace('1', 'b'), 22, UNSEEN_REPLAY));
            kafka.produce("events", "no event at all");
            kafka.produce("transactions", "none either");
            kafka.produce("generic-events", "nor this");
            kafka.produce("ingest-spans", "no span");
            Instant refusedFrom = nextSecond();
            kafka.produce("ingest-replay-events", segment(REPLAY.replace('8', 'd'), REFUSED_PROJECT));
            kafka.produce("events", event(EVENT.replace('1', 'a'), REFUSED_PROJECT, REPLAY));
            kafka.produce("events", event(EVENT.replace('1', 'd'), REFUSED_PROJECT, UNSEEN_REPLAY));

            assertThat(members(join)).contains("\"roles\" : [ \"sink\" ]", "\"problems\" : [ ]");
            await(() -> idleOfWorkers(rights).isEmpty() && sql(server, COUNT).equals("1"), join, sink);
            // Of the project whose rows are refused, the tables know nothing for ever.
            String reprocessed = reprocess(distribution, server, Instant.now());

            assertThat(reprocessed).contains("the tables still differ for 2 events");
            assertThat(denied()).as(reprocessed + join.log() + sink.log()).isEmpty();
            assertThat(idle(rights)).as(reprocessed + join.log() + sink.log()).isEmpty();
            assertThat(sql(server, COUNT)).as(sink.log()).isEqualTo("1");
            assertThat(sink.stop(TIMEOUT)).as(sink.log()).isZero();
            assertThat(join.stop(TIMEOUT)).as(join.log()).isZero();
            return refusedFrom;
        }
    }

    /** All records from then on are younger, also by the seconds in them. */
    private static Instant nextSecond() throws InterruptedException {
        Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Thread.sleep(Duration.between(Instant.now(), next).toMillis() + 1);
        return next;
    }

    private static void refuse(EmbeddedClickHouse server, String table, String project)
            throws IOException, InterruptedException {
        sql(
                server,
                "ALTER TABLE replay_linker.%s ADD CONSTRAINT c CHECK %s != %d"
                        .formatted(table, project, REFUSED_PROJECT));
    }

    private static String reprocess(Distribution distribution, EmbeddedClickHouse server, Instant to)
            throws IOException, InterruptedException {
        return distribution.run(
                folder.resolve("command"),
                "reprocess",
                "--from",
                "1h",
                "--to",
                to.toString(),
                "--config",
                settings("reprocess", server));
    }

    /** A server on the same data whose only user has the rights of that one in {@code grants.sql}. */
    private static EmbeddedClickHouse clickHouseOf(String user) throws IOException {
        return EmbeddedClickHouse.start(
                new EmbeddedClickHouse.Options().data(folder.resolve("data")).grants(DocumentedGrants.of(user)));
    }

    private static String run(Distribution distribution, EmbeddedClickHouse server, String... command)
            throws IOException, InterruptedException {
        Stream<String> arguments =
                Stream.concat(Stream.of(command), Stream.of("--config", settings("command", server)));
        return distribution.run(folder.resolve("command"), arguments.toArray(String[]::new));
    }

    /** A sink knows its topics when they are there, which is the join's work. */
    private static Running startSink(Distribution distribution, EmbeddedClickHouse server, Running join)
            throws IOException, InterruptedException {
        await(() -> join.log().contains("Started with the roles"), join);
        return distribution.start(folder.resolve("sink"), "run", "--config", settings("sink", server));
    }

    private static List<AclBinding> idle(List<AclBinding> rights) {
        List<Decision> decisions = RecordingAuthorizer.decisions();
        return rights.stream()
                .filter(right -> decisions.stream().noneMatch(decision -> DocumentedAcls.grants(right, decision)))
                .toList();
    }

    private static List<AclBinding> idleOfWorkers(List<AclBinding> rights) {
        return idle(rights).stream()
                .filter(right -> !right.entry().principal().equals("User:reprocess"))
                .toList();
    }

    /**
     * Before the first transaction ever the brokers' configuration is looked at, to say at once what a try would say after its time-out;
     * a worker that may not look tries. A run that may not look at the brokers' disks plans without sizes.
     */
    private static List<Decision> denied() {
        return RecordingAuthorizer.decisions().stream()
                .filter(decision -> !decision.allowed())
                .filter(decision -> decision.type() != ResourceType.CLUSTER || !OPTIONAL.contains(decision.operation()))
                .toList();
    }

    private static void await(Condition condition, Running... workers) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
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

    private static String settings(String user, EmbeddedClickHouse server) throws IOException {
        StringBuilder settings = new StringBuilder("""
                kafka.commit.interval.ms=100
                schema.registry.url=%s
                clickhouse.url=%s
                clickhouse.database=replay_linker
                clickhouse.compress=false
                shuffle.partitions=1
                topics.partitions=1
                topics.replication=1
                wait=1s
                replays.idle-after=1s
                http.port=0
                """.formatted(registry.url(), server.httpUrl()));
        kafka.client(user.equals("command") ? "sink" : user)
                .forEach((key, value) -> settings.append("kafka." + key + "=" + value + "\n"));
        settings.append(
                user.equals("sink")
                        ? "roles=sink\nsentry.event-links=all\nsink.bad-rows=set-aside\n"
                        : "roles=join\nprocessing.guarantee=exactly_once_v2\n");
        return Files.writeString(folder.resolve(user + ".properties"), settings).toString();
    }

    /** All workers as the page of one has them. The other one is known by its sinks' group. */
    private static String members(Running worker) throws IOException, InterruptedException {
        Matcher page = Pattern.compile("Status page: (http\\S+/)").matcher(worker.log());
        assertThat(page.find()).as(worker.log()).isTrue();
        URI uri = URI.create(page.group(1) + "api/members");
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        String answer = "";
        while (!answer.contains("\"roles\" : [ \"sink\" ]") && System.nanoTime() < deadline) {
            answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Thread.sleep(200);
        }
        return answer;
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

    private static String segment(String replay, int project) {
        long now = Instant.now().getEpochSecond();
        return """
                {"start_time":%d,"replay_id":"%s","project_id":%d,"retention_days":90,"payload":{"type":"replay_event",\
                "replay_id":"%s","segment_id":0,"replay_type":"session","timestamp":%d,"replay_start_timestamp":%d,\
                "trace_ids":[],"platform":"javascript"}}""".formatted(now, replay, project, replay, now, now);
    }

    /** Received so long ago that its wait is surely over. */
    private static String event(String id, int project, String replay) {
        long now = Instant.now().getEpochSecond();
        return """
                [2,"insert",{"event_id":"%s","organization_id":1,"project_id":%d,"platform":"node","data":{"type":"error",\
                "level":"error","timestamp":%d,"received":%d,"contexts":{"replay":{"replay_id":"%s"}}}},{}]""".formatted(id, project, now - 301, now - 300, replay);
    }
}
