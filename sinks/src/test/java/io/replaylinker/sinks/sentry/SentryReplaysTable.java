package io.replaylinker.sinks.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replaylinker.embedded.ClickHouseServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * Sentry's own table {@code replays_local} as far as links touch it, and its consumer: engine, key and partitions are Sentry's. Its
 * TTL is left out, because the samples are from a fixed day; merges wait until they are asked for.
 */
final class SentryReplaysTable implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LEVELS = List.of("fatal", "error", "warning", "info", "debug");
    private static final String NIL = "00000000-0000-0000-0000-000000000000";

    private final Connection connection;
    private final String database = "sentry_" + UUID.randomUUID().toString().replace("-", "");

    private SentryReplaysTable(Connection connection) {
        this.connection = connection;
    }

    static SentryReplaysTable create(ClickHouseServer server) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", server.user());
        login.setProperty("password", server.password());
        SentryReplaysTable made = new SentryReplaysTable(DriverManager.getConnection(server.jdbcUrl("default"), login));
        made.execute("CREATE DATABASE " + made.database);
        made.execute("""
                CREATE TABLE %s (
                    replay_id UUID,
                    debug_id UUID,
                    count_info_events UInt8 MATERIALIZED notEmpty(debug_id) + notEmpty(info_id),
                    count_warning_events UInt8 MATERIALIZED notEmpty(warning_id),
                    count_error_events UInt8 MATERIALIZED notEmpty(error_id) + notEmpty(fatal_id),
                    info_id UUID,
                    warning_id UUID,
                    error_id UUID,
                    fatal_id UUID,
                    event_hash UUID,
                    segment_id Nullable(UInt16),
                    trace_ids Array(UUID),
                    project_id UInt64,
                    timestamp DateTime('UTC'),
                    replay_start_timestamp Nullable(DateTime('UTC')),
                    is_archived Nullable(UInt8),
                    platform LowCardinality(String),
                    retention_days UInt16,
                    partition UInt16,
                    offset UInt64
                ) ENGINE = ReplacingMergeTree
                PARTITION BY (retention_days, toMonday(timestamp))
                ORDER BY (project_id, toStartOfDay(timestamp), cityHash64(replay_id), event_hash)
                """.formatted(made.table()));
        made.execute("SYSTEM STOP MERGES " + made.table());
        return made;
    }

    String table() {
        return database + ".replays_local";
    }

    /** A segment 0, without which a replay does not exist for Sentry. */
    void segment(long replay, long project) throws SQLException {
        execute("INSERT INTO " + table() + " (replay_id, event_hash, segment_id, project_id, timestamp, retention_days)"
                + " VALUES ('" + uuid(SentryLinks.replayHex(replay)) + "', '" + UUID.randomUUID() + "', 0, " + project
                + ", " + SentryLinks.EVENT_MS / 1000 + ", 90)");
    }

    /** Takes messages as Sentry's consumer does, all of them in one block; what it cannot read stops it. */
    void consume(List<byte[]> messages) throws SQLException, IOException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table()
                + " (replay_id, event_hash, project_id, timestamp, retention_days, offset, fatal_id, error_id,"
                + " warning_id, info_id, debug_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int offset = 0; offset < messages.size(); offset++) {
                bind(insert, JSON.readTree(messages.get(offset)), offset);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement row, JsonNode message, long offset) throws SQLException, IOException {
        JsonNode link = payload(message.required("payload"));
        if (!link.required("type").asText().equals("event_link")
                || !message.required("start_time").isNumber()) {
            throw new IOException("not an event_link: " + link);
        }
        row.setString(1, uuid(message.required("replay_id").asText()));
        row.setString(2, uuid(link.required("event_hash").asText()));
        row.setLong(3, message.required("project_id").longValue());
        row.setLong(4, link.required("timestamp").longValue());
        row.setInt(5, message.required("retention_days").intValue());
        row.setLong(6, offset);
        int levels = 0;
        for (int i = 0; i < LEVELS.size(); i++) {
            JsonNode id = link.get(LEVELS.get(i) + "_id");
            levels += id == null ? 0 : 1;
            row.setString(7 + i, id == null ? NIL : uuid(id.asText()));
        }
        if (levels != 1) {
            throw new IOException("missing level id");
        }
    }

    private static JsonNode payload(JsonNode list) throws IOException {
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) list.get(i).intValue();
        }
        return JSON.readTree(bytes);
    }

    /** With dashes or without. */
    static String uuid(String text) {
        String hex = text.replace("-", "");
        return UUID.fromString(hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                        + hex.substring(16, 20) + "-" + hex.substring(20))
                .toString();
    }

    void merge() throws SQLException {
        execute("SYSTEM START MERGES " + table());
        execute("OPTIMIZE TABLE " + table() + " FINAL");
    }

    /** All rows, their columns as text with a blank in between. */
    List<String> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("replays_local", table()))) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
