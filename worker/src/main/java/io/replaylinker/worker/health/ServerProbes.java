package io.replaylinker.worker.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.runtime.settings.PassThrough;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.SchemaRegistrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.serdes.registry.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Probes of the servers that a worker depends on, by its roles: Kafka, the schema registry and ClickHouse. */
final class ServerProbes implements AutoCloseable {

    /** Below the time after which a server counts as away, so that a request that hangs is repeated before. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);

    private final List<ServerProbe> probes = new ArrayList<>();
    private final List<Runnable> clients = new ArrayList<>();

    private ServerProbes() {}

    /** Starts them and registers a gauge for each. */
    static ServerProbes start(Settings settings, MeterRegistry meters) {
        ServerProbes all = new ServerProbes();
        all.kafka(settings, meters);
        all.registry(settings, meters);
        if (settings.get(WorkerSettings.ROLES).contains(Role.SINK)) {
            all.clickHouse(settings, meters);
        }
        all.probes.forEach(ServerProbe::start);
        return all;
    }

    private void kafka(Settings settings, MeterRegistry meters) {
        KafkaProperties kafka = new KafkaProperties(settings);
        Admin admin = Admin.create(kafka.admin());
        clients.add(() -> admin.close(Duration.ZERO));
        DescribeClusterOptions options =
                new DescribeClusterOptions().timeoutMs(Math.toIntExact(ANSWER_WITHIN.toMillis()));
        add(
                "Kafka",
                settings.withoutPrefix(PassThrough.KAFKA).getOrDefault("bootstrap.servers", "?"),
                "replay_linker_kafka_connected",
                meters,
                () -> admin.describeCluster(options).nodes().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void registry(Settings settings, MeterRegistry meters) {
        SchemaRegistry registry = SerdesWiring.impatient(settings).registry();
        if (registry != null) {
            add(
                    "Schema registry",
                    settings.shown(SchemaRegistrySettings.URL),
                    "replay_linker_schema_registry_connected",
                    meters,
                    registry::verify);
        }
    }

    private void clickHouse(Settings settings, MeterRegistry meters) {
        ClickHouseSettings server = ClickHouseWiring.settings(settings).withTimeouts(ANSWER_WITHIN, ANSWER_WITHIN);
        TableReader reader = new TableReader(new ClickHouse(server));
        clients.add(reader::close);
        add(
                "ClickHouse",
                server.url(),
                "replay_linker_clickhouse_connected",
                meters,
                () -> reader.rows("asking whether it answers", "SELECT 1", Map.of(), row -> 1));
    }

    private void add(String server, String address, String gauge, MeterRegistry meters, ServerProbe.Request request) {
        ServerProbe probe = new ServerProbe(server, address, request, System::nanoTime);
        probes.add(probe);
        Gauge.builder(gauge, probe, some -> some.answers() ? 1 : 0).register(meters);
    }

    /** Whether each server answers. */
    List<HealthPart> ready() {
        return probes.stream().map(ServerProbe::ready).toList();
    }

    @Override
    public void close() {
        probes.forEach(ServerProbe::close);
        clients.forEach(Runnable::run);
    }
}
