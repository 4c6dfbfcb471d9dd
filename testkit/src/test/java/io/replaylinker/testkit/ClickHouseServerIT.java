package io.replaylinker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.testkit.containers.Parts;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every ClickHouse of the testkit promises to the Java clients. */
@ParameterizedClass
@MethodSource("io.replaylinker.testkit.containers.Parts#onEveryPlatform")
class ClickHouseServerIT {

    private static final int UNKNOWN_TABLE = 60;
    private static final int UNKNOWN_SETTING = 115;
    private static final int AUTHENTICATION_FAILED = 516;
    private static final String NO_ASYNC = "?clickhouse_setting_async_insert=0";

    private final ClickHouseServer server;

    ClickHouseServerIT(Parts parts) {
        this.server = parts.clickHouse();
    }

    @Test
    void shouldGiveBackWhatABatchInserted() throws SQLException {
        String id = "00112233445566778899aabbccddeeff";
        String text = "it's; {fn} \\ \n\n \" ? `";
        Timestamp at = Timestamp.from(Instant.parse("2026-01-02T03:04:05.678Z"));
        try (Connection connection = connect(server.jdbcUrl("default") + NO_ASYNC);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE batch_it (id FixedString(16), n UInt64, at DateTime64(3, 'UTC'), s String)"
                    + " ENGINE = MergeTree ORDER BY n");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO batch_it (n, id, at, s) VALUES (?, unhex(?), ?, ?)")) {
                for (int row = 0; row < 1000; row++) {
                    insert.setLong(1, row);
                    insert.setString(2, id);
                    insert.setTimestamp(3, at);
                    insert.setString(4, text);
                    insert.addBatch();
                }
                insert.executeBatch();
            }

            try (ResultSet rows =
                    statement.executeQuery("SELECT lower(hex(id)), n, at, s FROM batch_it ORDER BY n DESC LIMIT 1")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(id);
                assertThat(rows.getLong(2)).isEqualTo(999);
                assertThat(rows.getTimestamp(3)).isEqualTo(at);
                assertThat(rows.getString(4)).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldInsertRowBinaryOnceForOneToken(boolean compressed) throws Exception {
        String table = "token_it_" + compressed;
        try (Client client = client(compressed)) {
            client.execute("CREATE TABLE " + table + " (n UInt64, s String) ENGINE = MergeTree ORDER BY n"
                            + " SETTINGS non_replicated_deduplication_window = 100")
                    .get();
            insertRow(client, table, "first");
            insertRow(client, table, "first");

            InsertResponse other = insertRow(client, table, "second");

            assertThat(other.getWrittenRows()).isEqualTo(1);
            assertThat(client.queryAll("SELECT count() c, any(s) s FROM " + table)
                            .get(0))
                    .satisfies(row -> assertThat(row.getLong("c")).isEqualTo(2))
                    .satisfies(row -> assertThat(row.getString("s")).isEqualTo("\n\n"));
        }
    }

    @Test
    void shouldSendALargeResult() throws SQLException {
        long rows = 0;
        try (Connection connection = connect(server.jdbcUrl("default"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT number, repeat('x', 50) FROM numbers(500000)")) {
            while (result.next()) {
                rows++;
            }
        }

        assertThat(rows).isEqualTo(500_000);
    }

    @Test
    void shouldUseTheDatabaseOfTheUrl() throws SQLException {
        execute(server.jdbcUrl("default"), "CREATE DATABASE other_it");
        execute(server.jdbcUrl("other_it"), "CREATE TABLE here_it (n UInt8) ENGINE = Memory");

        String database = ask(server.jdbcUrl("default"), "SELECT database FROM system.tables WHERE name = 'here_it'");

        assertThat(database).isEqualTo("other_it");
    }

    @Test
    void shouldReportAnUnknownTableByItsCode() {
        assertThatThrownBy(() -> ask(server.jdbcUrl("default"), "SELECT 1 FROM nowhere_it"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(UNKNOWN_TABLE));
    }

    @Test
    void shouldReportAnUnknownSettingByItsCode() {
        assertThatThrownBy(() -> ask(server.jdbcUrl("default") + "?clickhouse_setting_no_such_setting=1", "SELECT 1"))
                .hasMessageContaining(Integer.toString(UNKNOWN_SETTING));
    }

    @Test
    void shouldApplyASettingToItsOwnConnectionOnly() throws SQLException {
        String sql = "SELECT getSetting('max_threads') = 3";

        String with = ask(server.jdbcUrl("default") + "?clickhouse_setting_max_threads=3", sql);
        String without = ask(server.jdbcUrl("default"), sql);

        assertThat(with).isEqualTo("1");
        assertThat(without).isEqualTo("0");
    }

    @Test
    void shouldRefuseAWrongPassword() {
        assertThatThrownBy(() -> ask(server.jdbcUrl("default"), "wrong", "SELECT 1"))
                .hasMessageContaining(Integer.toString(AUTHENTICATION_FAILED));
    }

    private InsertResponse insertRow(Client client, String table, String token) throws Exception {
        // The columns in another order than the table's, and text that is two line feeds.
        ByteBuffer row = ByteBuffer.allocate(3 + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        row.put((byte) 2).put((byte) '\n').put((byte) '\n').putLong(4711);
        InsertSettings settings = new InsertSettings().setDeduplicationToken(token);
        settings.serverSetting("async_insert", "0");
        return client.insert(
                        table,
                        List.of("s", "n"),
                        new ByteArrayInputStream(row.array()),
                        ClickHouseFormat.RowBinary,
                        settings)
                .get();
    }

    private Client client(boolean compressed) {
        return new Client.Builder()
                .addEndpoint(server.httpUrl())
                .setUsername(server.user())
                .setPassword(server.password())
                .compressServerResponse(compressed)
                .compressClientRequest(compressed)
                .build();
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, server.user(), server.password());
    }

    private void execute(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String url, String sql) throws SQLException {
        return ask(url, server.password(), sql);
    }

    private String ask(String url, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, server.user(), password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
