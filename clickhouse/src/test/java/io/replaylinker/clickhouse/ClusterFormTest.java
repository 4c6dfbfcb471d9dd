package io.replaylinker.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFormTest {

    private static final ClickHouseSettings SERVER =
            ClickHouseSettings.of("http://localhost:8123", "replays", "default", "");

    /** What changes in it changes tables of users: compare the file, and write a migration if there is none. */
    @Test
    void shouldPrintTheTablesOfAReplicatedCluster() throws IOException {
        String printed = print(new Cluster("main-1", true));

        try (InputStream expected = ClusterFormTest.class.getResourceAsStream("cluster-tables.sql")) {
            assertThat(printed)
                    .isEqualTo(new String(Objects.requireNonNull(expected).readAllBytes(), UTF_8));
        }
    }

    @Test
    void shouldPrintPlainEnginesWhereNothingIsReplicated() {
        assertThat(print(new Cluster("{cluster}", false)))
                .contains(
                        "ON CLUSTER '{cluster}'",
                        "ENGINE = AggregatingMergeTree",
                        " non_replicated_deduplication_window")
                .doesNotContain("ENGINE = Replicated", " replicated_deduplication_window");
    }

    @Test
    void shouldLeaveTheTablesOfOneServerAsTheyAreWritten() {
        assertThat(new Migrations(new ClickHouse(SERVER)).print())
                .contains("CREATE TABLE IF NOT EXISTS `replays`.`replay_links`")
                .doesNotContain("CLUSTER", "_local", "Distributed", "Replicated");
    }

    @Test
    void shouldMakeEveryStatementOfTheWholeCluster() {
        assertThat(statements(print(new Cluster("main", true))))
                .filteredOn(statement -> !statement.contains("INSERT INTO"))
                .hasSizeGreaterThan(20)
                .allMatch(statement -> statement.contains(" ON CLUSTER 'main'"));
    }

    @Test
    void shouldWriteTheAddressesInSentryOnTheWholeCluster() {
        SentryPages pages =
                new SentryPages("https://sentry.example.com", Map.of(1L, "acme"), "replays/{id}/", "traces/{id}/");

        assertThat(new Migrations(new ClickHouse(SERVER.on(new Cluster("main", true))), pages).print())
                .contains(
                        "DROP VIEW IF EXISTS `replays`.`sentry_organizations` ON CLUSTER 'main';\n",
                        "[(1, 'https://sentry.example.com/organizations/acme/replays/{id}/'");
    }

    @Test
    void shouldSpreadByReplayWhatBelongsToAReplay() {
        List<String> distributed = statements(print(new Cluster("main", true))).stream()
                .filter(statement -> statement.contains("ENGINE = Distributed("))
                .toList();

        assertThat(distributed).hasSize(21);
        for (String table : List.of(
                "replay_links",
                "replays",
                "replays_by_issue",
                "replays_by_transaction",
                "replays_by_trace",
                "replays_by_event",
                "archived_replays")) {
            assertThat(distributed)
                    .filteredOn(statement -> statement.contains("'" + table + "_local'"))
                    .singleElement()
                    .asString()
                    .endsWith("'" + table + "_local', cityHash64(`replay_id`))");
        }
    }

    /** The order is that of the tables that hold the rows; a Distributed table has none and refuses. */
    @Test
    void shouldChangeTheOrderOfTheTablesThatHoldRowsAlone() {
        List<String> altered = statements(print(new Cluster("main", true))).stream()
                .filter(statement -> statement.contains("ADD COLUMN IF NOT EXISTS `occurrence`"))
                .toList();

        assertThat(altered).hasSize(10);
        assertThat(altered)
                .filteredOn(statement -> statement.contains("_local`"))
                .hasSize(5)
                .allMatch(statement -> statement.contains("MODIFY ORDER BY"));
        assertThat(altered)
                .filteredOn(statement -> !statement.contains("_local`"))
                .hasSize(5)
                .noneMatch(statement -> statement.contains("MODIFY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "x' ENGINE", "a`b", "a\\b", "{a}{b}", "{}", "-a", "a;b"})
    void shouldRefuseWhatIsNoNameOfACluster(String name) {
        assertThatExceptionOfType(IllegalSettingsException.class)
                .isThrownBy(() -> new Cluster(name, true))
                .satisfies(failure -> assertThat(failure.mistakes())
                        .singleElement()
                        .asString()
                        .startsWith("the cluster must be"));
    }

    static String print(Cluster cluster) {
        return new Migrations(new ClickHouse(SERVER.on(cluster))).print();
    }

    static List<String> statements(String printed) {
        return Arrays.stream(printed.split(";\n", -1))
                .filter(statement -> !statement.isBlank())
                .toList();
    }
}
