package io.replaylinker.local;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.embedded.PartUnavailableException;
import io.replaylinker.runtime.cli.CommandFailedException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka and ClickHouse on loopback for the duration of the demo. Closing them deletes what they stored. */
final class LocalServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalServers.class);
    private static final String DATABASE = "replay_linker";

    /** A dump may have any age, and its timestamps were set by the original broker. */
    private static final Map<String, String> BROKER =
            Map.of("log.retention.ms", "-1", "log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));

    private final EmbeddedKafka kafka;
    private final EmbeddedClickHouse server;
    private final ClickHouse clickHouse;

    private LocalServers(EmbeddedKafka kafka, EmbeddedClickHouse server, ClickHouse clickHouse) {
        this.kafka = kafka;
        this.server = server;
        this.clickHouse = clickHouse;
    }

    /**
     * Starts both at once and creates the tables.
     *
     * @param progress receives messages about slow steps, as a download
     * @throws CommandFailedException if one of them cannot run here
     */
    static LocalServers start(Consumer<String> progress) {
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(() -> EmbeddedKafka.start(BROKER));
        EmbeddedClickHouse server = null;
        try {
            server = EmbeddedClickHouse.start(new EmbeddedClickHouse.Options().progress(progress));
            ClickHouse clickHouse = withTables(server);
            return new LocalServers(kafka.join(), server, clickHouse);
        } catch (PartUnavailableException | StorageException | CompletionException e) {
            kafka.thenAccept(EmbeddedKafka::close)
                    .exceptionally(alsoFailed -> null)
                    .join();
            if (server != null) {
                server.close();
            }
            throw failed(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
        }
    }

    private static ClickHouse withTables(EmbeddedClickHouse server) {
        ClickHouse clickHouse =
                new ClickHouse(ClickHouseSettings.of(server.httpUrl(), DATABASE, server.user(), server.password())
                        .uncompressed());
        Migrations migrations = new Migrations(clickHouse);
        migrations.apply(LOG::info);
        migrations.keepForever();
        return clickHouse;
    }

    private static CommandFailedException failed(Throwable cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new CommandFailedException(message, cause);
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    ClickHouse clickHouse() {
        return clickHouse;
    }

    /** The settings that connect a worker to these servers. */
    Map<String, String> settings() {
        ClickHouseSettings settings = clickHouse.settings();
        return Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "clickhouse.url", settings.url(),
                "clickhouse.database", settings.database(),
                "clickhouse.user", settings.user(),
                "clickhouse.compress", "false");
    }

    @Override
    public void close() {
        CompletableFuture<Void> other = CompletableFuture.runAsync(server::close);
        try {
            kafka.close();
        } finally {
            other.join();
        }
    }
}
