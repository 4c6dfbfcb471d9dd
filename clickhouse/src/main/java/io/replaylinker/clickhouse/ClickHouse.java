package io.replaylinker.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Properties;

/**
 * The way to the server, with every setting of the driver said out loud: its own retries off, because they come without a wait
 * and know no class of errors, and timeouts on, because by default it waits for ever.
 */
public final class ClickHouse {

    /** Statements name their database. The connection's own must exist before ours does, and this one always does. */
    private static final String SESSION_DATABASE = "system";

    private final ClickHouseSettings settings;
    private final ErrorClasses errorClasses;
    private final RequestPace pace;

    public ClickHouse(ClickHouseSettings settings) {
        this(settings, ErrorClasses.DEFAULT);
    }

    /**
     * A server whose errors are answered in one's own way.
     *
     * @param errorClasses what is done about an error, by its code
     */
    public ClickHouse(ClickHouseSettings settings, ErrorClasses errorClasses) {
        this(settings, errorClasses, RequestPace.oneASecond());
    }

    /**
     * A server that is asked at a pace of one's own while it is sick.
     *
     * @param pace shared by all inserters of this server
     */
    public ClickHouse(ClickHouseSettings settings, ErrorClasses errorClasses, RequestPace pace) {
        this.settings = settings;
        this.errorClasses = errorClasses;
        this.pace = pace;
    }

    public ClickHouseSettings settings() {
        return settings;
    }

    /**
     * A connection for DDL, checks and look-ups, to be closed by the caller. It answers only when a statement has ended, so that a
     * failure in the middle is an error and not a short result.
     *
     * @throws SinkException when the server cannot be reached or refuses the user
     */
    public Connection connect() {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("database", SESSION_DATABASE);
        properties.setProperty("retry", "0");
        properties.setProperty("client_retry_on_failures", "None");
        properties.setProperty("connection_timeout", millis(settings.connectionTimeout()));
        properties.setProperty("socket_timeout", millis(settings.socketTimeout()));
        properties.setProperty("compress", Boolean.toString(settings.compress()));
        properties.setProperty("clickhouse_setting_async_insert", "0");
        properties.setProperty("clickhouse_setting_wait_end_of_query", "1");
        if (settings.cluster() != null) {
            // What a migration moves and notes must be on the shards when it says so, not in a queue before them.
            properties.setProperty("clickhouse_setting_distributed_foreground_insert", "1");
        }
        if (settings.authorities() != null) {
            properties.setProperty("sslrootcert", settings.authorities());
        }
        try {
            return DriverManager.getConnection("jdbc:clickhouse:" + settings.url(), properties);
        } catch (SQLException e) {
            throw failure("connecting", e);
        }
    }

    /** The client that takes rows in binary form; it lives as long as its inserter. */
    Client inserter() {
        return client(settings.compress());
    }

    /** The client that brings rows in binary form; it lives as long as its reader. The text of a question is too short to compress. */
    Client reader() {
        return client(false);
    }

    private Client client(boolean compressRequests) {
        Client.Builder client = new Client.Builder()
                .addEndpoint(settings.url())
                .setUsername(settings.user())
                .setPassword(settings.password())
                .setDefaultDatabase(SESSION_DATABASE)
                .setMaxRetries(0)
                .retryOnFailures(ClientFaultCause.None)
                .setConnectTimeout(settings.connectionTimeout().toMillis(), ChronoUnit.MILLIS)
                .setSocketTimeout(settings.socketTimeout().toMillis(), ChronoUnit.MILLIS)
                // Below the three seconds after which servers close an idle connection: a stale one costs a failed
                // insert.
                .setKeepAliveTimeout(2, ChronoUnit.SECONDS)
                .compressServerResponse(settings.compress())
                .compressClientRequest(compressRequests)
                .useAsyncRequests(false);
        if (settings.authorities() != null) {
            client.setRootCertificate(settings.authorities());
        }
        return client.build();
    }

    /** Shared by all inserters of this server. */
    RequestPace pace() {
        return pace;
    }

    SinkException failure(String doing, Exception cause) {
        return ServerErrors.translate(settings, errorClasses, doing, cause);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
