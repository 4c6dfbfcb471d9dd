package io.replaylinker.worker.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.serdes.registry.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;

/** Probes of the servers that a worker depends on, by its roles: Kafka, the schema registry and ClickHouse. */
final class ServerProbes implements AutoCloseable {

    /** Below the time after which a server counts as away, so that a request that hangs is repeated before. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);

    private final List<ServerProbe> probes = new ArrayList<>();
    private final List<Runnable> clients = new ArrayList<>();

    private ServerProbes() {}

    /**
     * Starts them and registers a gauge for each.
     *
     * @param registry null where the serdes use none
     * @param registryAddress as it may be shown
     * @param clickHouse null where the worker has no sink
     */
    static ServerProbes start(
            KafkaProperties kafka,
            @Nullable SchemaRegistry registry,
            String registryAddress,
            @Nullable ClickHouseSettings clickHouse,
            MeterRegistry meters) {
        ServerProbes all = new ServerProbes();
        all.kafka(kafka, meters);
        if (registry != null) {
            all.add(
                    "Schema registry",
                    registryAddress,
                    "replay_linker_schema_registry_connected",
                    meters,
                    registry::verify);
        }
        if (clickHouse != null) {
            all.clickHouse(clickHouse.withTimeouts(ANSWER_WITHIN, ANSWER_WITHIN), meters);
        }
        all.probes.forEach(ServerProbe::start);
        return all;
    }

    private void kafka(KafkaProperties kafka, MeterRegistry meters) {
        Admin admin = Admin.create(kafka.admin());
        clients.add(() -> admin.close(Duration.ZERO));
        DescribeClusterOptions options =
                new DescribeClusterOptions().timeoutMs(Math.toIntExact(ANSWER_WITHIN.toMillis()));
        add("Kafka", kafka.bootstrapServers(), "replay_linker_kafka_connected", meters, () -> admin.describeCluster(
                        options)
                .nodes()
                .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void clickHouse(ClickHouseSettings server, MeterRegistry meters) {
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
