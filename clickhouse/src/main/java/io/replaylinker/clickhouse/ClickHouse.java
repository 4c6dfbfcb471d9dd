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
 * Creates the connections and clients of a ClickHouse server. Every driver setting is explicit: the driver's own retries are off, because
 * they do not wait and know no error classes, and timeouts are on, because the default waits without limit.
 */
public final class ClickHouse {

    /**
     * The database of the session. Statements name their own database, which may not exist yet when the connection is opened; this one
     * always exists.
     */
    private static final String SESSION_DATABASE = "system";

    private final ClickHouseSettings settings;
    private final ErrorClasses errorClasses;
    private final RequestPace pace;

    public ClickHouse(ClickHouseSettings settings) {
        this(settings, ErrorClasses.DEFAULT);
    }

    /**
     * A server with custom error classes.
     *
     * @param errorClasses what to do about an error, by its code
     */
    public ClickHouse(ClickHouseSettings settings, ErrorClasses errorClasses) {
        this(settings, errorClasses, RequestPace.oneASecond());
    }

    /**
     * A server with a custom request pace for the time in which it fails.
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
     * Opens a connection for DDL, checks and lookups. The caller closes it. The server answers only when a statement has ended, so a
     * failure in the middle is an error and not a truncated result.
     *
     * @throws StorageException when the server cannot be reached or refuses the user
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
            // When a migration reports success, its rows must be on the shards and not in a queue before them.
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

    /** Creates a client that inserts rows in binary form. It lives as long as its inserter. */
    Client inserter() {
        return client(settings.compress());
    }

    /** Creates a client that reads rows in binary form. It lives as long as its reader. A query text is too short to compress. */
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
                // Below the three seconds after which servers close an idle connection. A stale connection costs a
                // failed insert.
                .setKeepAliveTimeout(2, ChronoUnit.SECONDS)
                .compressServerResponse(settings.compress())
                .compressClientRequest(compressRequests)
                .useAsyncRequests(false);
        if (settings.authorities() != null) {
            client.setRootCertificate(settings.authorities());
        }
        return client.build();
    }

    /** The request pace that all inserters of this server share. */
    RequestPace pace() {
        return pace;
    }

    StorageException failure(String doing, Exception cause) {
        return ServerErrors.translate(settings, errorClasses, doing, cause);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
