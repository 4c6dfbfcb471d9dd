package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.ReplayCriteria;
import io.replaylinker.embedded.EmbeddedClickHouse;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads and writes through the Distributed tables of a cluster answer what the tables of one server do. The engine that runs here has no
 * Keeper and no protocol between servers, so of the cluster's two shards one is in it and takes all rows, and the other is
 * away: enough for the server to plan for two. What takes Keeper ({@code ON CLUSTER}, Replicated engines) is left out.
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
                </remote_servers>
            </clickhouse>
            """;

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(TableInserts.RECORD_MS), ZoneOffset.UTC);
    private static final Filter ANY = Filter.page(10);

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedClickHouse server;

    private final TestDatabase one = TestDatabase.migrated(server);
    private final TestDatabase cluster = distributed();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path configuration = Files.writeString(folder.resolve("config.xml"), CONFIGURATION);
        server = EmbeddedClickHouse.start(new EmbeddedClickHouse.Options().configuration(configuration));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldAnswerAsOneServerDoesWhenEverythingComesTwice() {
        Random random = new Random(1);
        History history = History.of(random);
        try (TableInserts tables = new TableInserts(one.clickHouse())) {
            tables.insert(history);
        }
        try (TableInserts tables = new TableInserts(cluster.clickHouse())) {
            tables.insert(history);
            History.batches(history.links(), random).forEach(tables::insertLinks);
            History.batches(history.lives(), random).forEach(tables::insertLives);
            History.batches(history.unlinked(), random).forEach(tables::insertUnlinked);
        }

        assertThat(TableContents.of(cluster)).isEqualTo(TableContents.of(one));
    }

    @Test
    void shouldLookUpAsOnOneServer() {
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
    void shouldWaitForTheShardsWithWhatMigrationsInsert() throws SQLException {
        assertThat(foregroundInsert(cluster)).isTrue();
        assertThat(foregroundInsert(one)).isFalse();
    }

    private static boolean foregroundInsert(TestDatabase database) throws SQLException {
        try (Connection connection = database.clickHouse().connect();
                Statement query = connection.createStatement();
                ResultSet result = query.executeQuery("SELECT getSetting('distributed_foreground_insert')")) {
            return result.next() && result.getBoolean(1);
        }
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
        TestDatabase plain = TestDatabase.named(server);
        TestDatabase database =
                TestDatabase.of(new ClickHouse(plain.clickHouse().settings().on(new Cluster("main", false))));
        ClusterFormTest.statements(new Migrations(database.clickHouse()).print()).stream()
                .filter(statement -> !statement.contains("INSERT INTO"))
                .map(DistributedTablesIT::here)
                .forEach(database::execute);
        return database;
    }

    /** Without Keeper, without the other shard, and without the expiry of samples that are from a fixed day. */
    private static String here(String statement) {
        String here = statement.replace(" ON CLUSTER 'main'", "").replaceAll("\nTTL .*", "");
        return here.contains("ENGINE = Distributed(") ? here + " SETTINGS skip_unavailable_shards = 1" : here;
    }
}
