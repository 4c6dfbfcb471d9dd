package io.replaylinker.clickhouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads the current links: the latest version of each link, without retracted ones. */
public final class LinkReader {

    private static final String NO_ID = "0".repeat(32);

    /** An id above {@link Long#MAX_VALUE}, which only a forged message has, is read as a negative number, as it was written. */
    private static final String COLUMNS = """
            SELECT
                lower(hex(event_id)) AS event,
                lower(hex(replay_id)) AS replay,
                lower(hex(trace_id)) AS trace,
                toInt64(organization_id) AS organization,
                toInt64(event_project_id) AS event_project,
                toInt64(replay_project_id) AS replay_project,
                occurrence,
                event_type,
                level,
                transaction,
                method,
                confidence,
                in_session,
                confirmed,
                toUnixTimestamp64Milli(event_at) AS event_ms,
                toUnixTimestamp64Milli(received_at) AS received_ms,
                toUnixTimestamp64Milli(replay_started_at) AS started_ms,
                toUnixTimestamp64Milli(linked_at) AS linked_ms
            """;

    private final ClickHouse clickHouse;

    public LinkReader(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /**
     * Passes each link to the consumer in the order of the event ids. Links are streamed and not collected.
     *
     * @throws io.replaylinker.clickhouse.SinkException when the server cannot be reached or refuses
     */
    public void forEach(Consumer<LinkRow> consumer) {
        String sql = COLUMNS + " FROM " + LinkColumns.TABLE.qualified(clickHouse.settings()) + " FINAL"
                + " ORDER BY event_id, replay_id, occurrence";
        try (Connection connection = clickHouse.connect();
                Statement query = connection.createStatement();
                ResultSet result = query.executeQuery(sql)) {
            while (result.next()) {
                consumer.accept(row(result));
            }
        } catch (SQLException e) {
            throw clickHouse.failure("reading the links", e);
        }
    }

    private static LinkRow row(ResultSet result) throws SQLException {
        String trace = result.getString("trace");
        return new LinkRow(
                result.getString("event"),
                result.getString("replay"),
                trace.equals(NO_ID) ? "" : trace,
                result.getLong("organization"),
                result.getLong("event_project"),
                result.getLong("replay_project"),
                result.getBoolean("occurrence"),
                result.getString("event_type"),
                result.getString("level"),
                result.getString("transaction"),
                result.getString("method"),
                result.getDouble("confidence"),
                result.getBoolean("in_session"),
                result.getBoolean("confirmed"),
                Instant.ofEpochMilli(result.getLong("event_ms")),
                Instant.ofEpochMilli(result.getLong("received_ms")),
                Instant.ofEpochMilli(result.getLong("started_ms")),
                Instant.ofEpochMilli(result.getLong("linked_ms")));
    }
}
