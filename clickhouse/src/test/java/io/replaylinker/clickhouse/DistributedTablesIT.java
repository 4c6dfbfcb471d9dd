package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.ContextNode;
import io.replaylinker.clickhouse.query.Contexts;
import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.IssueCriteria;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.ReplayCriteria;
import io.replaylinker.clickhouse.query.SegmentSpans;
import io.replaylinker.clickhouse.query.TraceContext;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.TraceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads and writes through the Distributed tables of a cluster answer what the tables of one server do. The engine that runs here has no
 * Keeper and no protocol between servers. In the cluster {@code main} one of two shards is the engine itself and takes all rows,
 * and the other is away: enough for the server to plan reads for two. In {@code equal} both take rows, see {@link TwoShards}.
 * What takes Keeper ({@code ON CLUSTER}, Replicated engines) is left out.
 */
class DistributedTablesIT {

    private static final String CONFIGURATION = """
            <clickhouse>
                <tcp_port>9000</tcp_port>
                <remote_servers>
                    <main>
                        <shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard>
                        <shard><weight>0</weight><replica><host>127.0.0.1</host><port>1</port></replica></shard>
                    </main>
                    <equal>
                        <shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard>
                        <shard><replica><host>127.0.0.1</host><port>1</port></replica></shard>
                    </equal>
                </remote_servers>
            </clickhouse>
            """;

    /** Those whose rows belong to a replay. */
    private static final List<String> BY_REPLAY = List.of(
            "replay_links",
            "replays",
            "replays_by_issue",
            "replays_by_transaction",
            "replays_by_trace",
            "replays_by_event");

    /** Those whose rows belong to a trace. */
    private static final List<String> BY_TRACE =
            List.of("trace_nodes", "traces_by_id", "trace_spans", "error_details", "errors_by_issue");

    /** Those whose rows are on the shards of their errors. */
    private static final List<String> OF_ISSUES = List.of("issues", "issue_counts", "issue_frames");

    private static final long TRACES = 16;

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(TableInserts.RECORD_MS), ZoneOffset.UTC);
    private static final Filter ANY = Filter.page(10);

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedClickHouse server;

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase one;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path configuration = Files.writeString(folder.resolve("config.xml"), CONFIGURATION);
        server = EmbeddedClickHouse.start(new EmbeddedClickHouse.Options().configuration(configuration));
        one = TestDatabase.migrated(server);
    }

    @BeforeEach
    void emptyTables() {
        one.truncate();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldAnswerAsOneServerDoesWhenEverythingComesTwice() {
        TestDatabase cluster = distributed();
        Random random = new Random(1);
        History history = History.of(random);
        try (TableInserts tables = new TableInserts(one.clickHouse())) {
            tables.insert(history);
        }
        try (TableInserts tables = new TableInserts(cluster.clickHouse())) {
            tables.insert(history);
            History.batches(history.links(), random).forEach(tables::insertLinks);
            History.batches(history.replayStates(), random).forEach(tables::insertReplayStates);
            History.batches(history.unlinked(), random).forEach(tables::insertUnlinked);
        }

        assertThat(TableContents.of(cluster)).isEqualTo(TableContents.of(one));
    }

    @Test
    void shouldLookUpAsOnOneServer() {
        TestDatabase cluster = distributed();
        History history = History.of(new Random(2));
        for (TestDatabase database : List.of(one, cluster)) {
            try (TableInserts tables = new TableInserts(database.clickHouse())) {
                tables.insert(history);
            }
        }

        assertThat(lookups(cluster))
                .isEqualTo(lookups(one))
                .allSatisfy((name, answer) -> assertThat(answer).as(name).startsWith("Found"));
    }

    @Test
    void shouldDropABatchThatComesAgainByItsToken() {
        TestDatabase cluster = distributed();
        cluster.execute("SYSTEM STOP MERGES");
        History history = History.of(new Random(3));
        String rows = "SELECT (SELECT count() FROM replay_links), (SELECT count() FROM replays_by_issue)";
        try (TableInserts tables = new TableInserts(cluster.clickHouse())) {
            tables.insertLinks(history.links());
            List<String> before = cluster.queryInside(rows);

            tables.insertLinks(history.links());

            assertThat(cluster.queryInside(rows)).isEqualTo(before);
        } finally {
            cluster.execute("SYSTEM START MERGES");
        }
    }

    @Test
    void shouldSpreadReplaysOverTheShardsAndAnswerAsOneServerDoes() {
        Random random = new Random(4);
        History history = History.of(random);
        try (TableInserts tables = new TableInserts(one.clickHouse())) {
            tables.insert(history);
        }
        TwoShards shards = new TwoShards(server, "equal");

        for (int time = 0; time < 2; time++) {
            History.batches(history.links(), random).forEach(shards::insertLinks);
            History.batches(history.replayStates(), random).forEach(shards::insertReplayStates);
            History.batches(history.unlinked(), random).forEach(shards::insertUnlinked);
        }
        shards.deliver();

        for (String table : BY_REPLAY) {
            List<String> first = replays(shards.first(), table + "_local");
            List<String> second = replays(shards.second(), table + "_local");
            assertThat(first).as("of %s on the first shard", table).isNotEmpty();
            assertThat(second)
                    .as("of %s on the second shard", table)
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(first);
            assertThat(replays(shards.both(), table)).as(table).isEqualTo(replays(one, table));
        }
        Map<String, List<String>> expected = TableContents.of(one);
        Map<String, List<String>> found = TableContents.of(shards.both());
        // Each shard has a row of an organization; readers take what is newest, as the query "freshness" does.
        found.put("link_freshness FINAL", expected.getOrDefault("link_freshness FINAL", List.of()));
        found.forEach((name, rows) -> assertThat(rows).as(name).isEqualTo(expected.get(name)));
    }

    @Test
    void shouldSpreadTracesOverTheShardsAndAnswerAsOneServerDoes() {
        List<TraceNode> nodes = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        for (long trace = 0; trace < TRACES; trace++) {
            nodes.addAll(trace(trace));
            links.add(link(trace));
        }
        nodes.add(SampleNodes.change("end_merge", 50_000, List.of(5L), 6, List.of(), List.of()));
        nodes.add(SampleNodes.change(
                "tombstone_events", 60_000, List.of(), 0, List.of(), List.of(SampleLinks.id(TRACES - 1))));
        try (TableInserts tables = new TableInserts(one.clickHouse())) {
            tables.insertLinks(links);
            tables.insertNodes(nodes);
        }
        TwoShards shards = new TwoShards(server, "equal");
        Random random = new Random(6);

        for (int time = 0; time < 2; time++) {
            History.batches(links, random).forEach(shards::insertLinks);
            History.batches(nodes, random).forEach(shards::insertNodes);
        }
        shards.deliver();

        for (String table : BY_TRACE) {
            List<String> first = ids(shards.first(), "trace_id", table + "_local");
            List<String> second = ids(shards.second(), "trace_id", table + "_local");
            assertThat(first).as("of %s on the first shard", table).isNotEmpty();
            assertThat(second)
                    .as("of %s on the second shard", table)
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(first);
            assertThat(ids(shards.both(), "trace_id", table)).as(table).isEqualTo(ids(one, "trace_id", table));
        }
        for (String table : OF_ISSUES) {
            String rows = "SELECT count() > 0 FROM " + table + "_local";
            assertThat(shards.first().queryInside(rows)).as(table).containsExactly("1");
            assertThat(shards.second().queryInside(rows)).as(table).containsExactly("1");
        }
        Map<String, String> answers = contexts(shards.both());
        assertThat(answers).isEqualTo(contexts(one)).allSatisfy((name, answer) -> assertThat(answer)
                .as(name)
                .startsWith(name.equals("deleted error") ? "Unknown" : "Found"));
        assertThat(answers.get("search")).contains("groupId=6").doesNotContain("groupId=5");
        assertThat(answers.get("merged issue")).contains("asked=5, issue=6");
    }

    /** A call with a span inside, and an error of issue 5 or 6 in it. */
    private static List<TraceNode> trace(long number) {
        TraceNode call = SampleNodes.call(1_000 + number, 0, 10_000 + number);
        call.setSpans(List.of(SampleNodes.inner(0x51, SampleLinks.spanId(1_000 + number), "db", 9_200, 50)));
        TraceNode error = SampleNodes.error(number, 1_000 + number, issue(number), "KeyError", "price");
        error.getEvent().setTimestampMs(SampleLinks.START_MS + 10_000 + number);
        for (TraceNode node : List.of(call, error)) {
            node.setTraceId(traceId(number));
            node.getEvent().setTraceId(traceId(number));
        }
        return List.of(call, error);
    }

    private static Link link(long number) {
        return SampleLinks.builder(number)
                .setEvent(SampleLinks.event(number)
                        .setGroupId(issue(number))
                        .setTraceId(traceId(number))
                        .build())
                .build();
    }

    private static long issue(long number) {
        return 5 + number % 2;
    }

    private static Id traceId(long number) {
        return SampleLinks.id(0x7000 + number);
    }

    private static Map<String, String> contexts(TestDatabase database) {
        try (Lookup lookup = new Lookup(database.clickHouse(), CLOCK)) {
            Contexts contexts = lookup.contexts();
            Map<String, String> answers = new TreeMap<>();
            for (long trace = 0; trace < TRACES - 1; trace++) {
                IdPrefix id = new IdPrefix(SampleLinks.hex(0x7000 + trace));
                Answer<TraceContext> tree = contexts.trace(id, null, 100);
                answers.put("trace " + trace, tree.toString());
                answers.put(
                        "error " + trace,
                        contexts.error(new IdPrefix(SampleLinks.hex(trace)), ANY)
                                .toString());
                answers.put(
                        "spans " + trace,
                        tree.map(found -> spans(contexts, found)).toString());
            }
            answers.put(
                    "deleted error",
                    contexts.error(new IdPrefix(SampleLinks.hex(TRACES - 1)), ANY)
                            .toString());
            answers.put(
                    "search",
                    contexts.issues(new IssueCriteria("PRICE", null, null, null), ANY)
                            .toString());
            answers.put(
                    "search by frame",
                    contexts.issues(new IssueCriteria(null, null, "checkout", "cart/service.py"), ANY)
                            .toString());
            answers.put("issue", contexts.issue(6, null).toString());
            answers.put("traces of an issue", contexts.tracesOfIssue(6, null).toString());
            answers.put("merged issue", lookup.issue(5, ANY).toString());
            return answers;
        }
    }

    private static List<SegmentSpans> spans(Contexts contexts, TraceContext found) {
        return found.traces().stream()
                .flatMap(trace -> trace.nodes().stream()
                        .filter(ContextNode::isCall)
                        .map(node -> contexts.spans(trace.traceId(), node)))
                .toList();
    }

    @Test
    void shouldFailAnInsertThatAShardDoesNotTake() {
        TestDatabase cluster = distributed();
        String database = cluster.clickHouse().settings().database();
        cluster.execute("DROP TABLE " + database + ".replay_links");
        cluster.execute(
                "CREATE TABLE %s.replay_links AS %s.replay_links_local ENGINE = Distributed('equal', '%s', 'replay_links_local', cityHash64(replay_id))"
                        .formatted(database, database, database));
        List<Link> links = History.of(new Random(5)).links();
        try (TableInserts tables = new TableInserts(cluster.clickHouse())) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> tables.insertLinks(links))
                    .satisfies(failure -> assertThat(failure.errorClass()).isEqualTo(ErrorClass.RETRYABLE));
        }
    }

    @Test
    void shouldWaitForTheShardsWithWhatMigrationsInsert() throws SQLException {
        assertThat(foregroundInsert(TwoShards.ofCluster(server, "main"))).isTrue();
        assertThat(foregroundInsert(one)).isFalse();
    }

    private static boolean foregroundInsert(TestDatabase database) throws SQLException {
        try (Connection connection = database.clickHouse().connect();
                Statement query = connection.createStatement();
                ResultSet result = query.executeQuery("SELECT getSetting('distributed_foreground_insert')")) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static List<String> replays(TestDatabase database, String table) {
        return ids(database, "replay_id", table);
    }

    private static List<String> ids(TestDatabase database, String column, String table) {
        return database.queryInside(
                "SELECT DISTINCT lower(hex(%s)) AS id FROM %s ORDER BY id".formatted(column, table));
    }

    private static Map<String, String> lookups(TestDatabase database) {
        try (Lookup lookup = new Lookup(database.clickHouse(), CLOCK)) {
            return Map.of(
                    "replay",
                            lookup.replay(new IdPrefix(SampleLinks.replayHex(1)), ANY)
                                    .toString(),
                    "short replay",
                            lookup.replay(new IdPrefix(SampleLinks.replayHex(1).substring(0, 8)), ANY)
                                    .toString(),
                    "trace",
                            lookup.trace(new IdPrefix(SampleLinks.hex(0x7000)), ANY)
                                    .toString(),
                    "issue", lookup.issue(2, ANY).toString(),
                    "transaction", lookup.transaction("/a", ANY).toString(),
                    "replays",
                            lookup.replays(new ReplayCriteria(Duration.ofSeconds(1), true), ANY)
                                    .toString(),
                    "coverage",
                            lookup.coverage(new CoverageQuestion(
                                            null,
                                            null,
                                            CLOCK.instant().minus(Duration.ofDays(9)),
                                            CoverageQuestion.Step.DAY))
                                    .toString());
        }
    }

    private static TestDatabase distributed() {
        TestDatabase database = TwoShards.ofCluster(server, "main");
        TwoShards.statements(database, "main").stream()
                .map(DistributedTablesIT::withoutTheOtherShard)
                .forEach(database::execute);
        return database;
    }

    private static String withoutTheOtherShard(String statement) {
        return statement.contains("ENGINE = Distributed(")
                ? statement + " SETTINGS skip_unavailable_shards = 1"
                : statement;
    }
}
