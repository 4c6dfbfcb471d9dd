package io.replaylinker.worker.wiring;

import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.ClickHouseSettings;
import io.replaylinker.sinks.clickhouse.Cluster;
import io.replaylinker.sinks.clickhouse.ErrorClasses;
import io.replaylinker.sinks.clickhouse.IllegalSettingsException;
import io.replaylinker.worker.settings.InvalidSettingsException;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.SinkFaultSettings;
import io.replaylinker.worker.settings.WorkerSettings;

/** The way to ClickHouse that the settings describe. */
public final class ClickHouseWiring {

    private ClickHouseWiring() {}

    /**
     * The server, with the answers to its errors.
     *
     * @throws InvalidSettingsException with every mistake
     */
    public static ClickHouse clickHouse(Settings settings) {
        return new ClickHouse(
                settings(settings),
                settings.find(SinkFaultSettings.ERROR_CLASSES).orElse(ErrorClasses.DEFAULT));
    }

    /**
     * Gathers and checks them.
     *
     * @throws InvalidSettingsException with every mistake
     */
    public static ClickHouseSettings settings(Settings settings) {
        try {
            ClickHouseSettings clickHouse = ClickHouseSettings.of(
                    settings.get(WorkerSettings.CLICKHOUSE_URL),
                    settings.get(WorkerSettings.CLICKHOUSE_DATABASE),
                    settings.get(WorkerSettings.CLICKHOUSE_USER),
                    settings.find(WorkerSettings.CLICKHOUSE_PASSWORD).orElse(""));
            ClickHouseSettings spread = clickHouse.on(settings.find(WorkerSettings.CLICKHOUSE_CLUSTER)
                    .map(name -> new Cluster(name, settings.get(WorkerSettings.CLICKHOUSE_REPLICATED)))
                    .orElse(null));
            return settings.get(WorkerSettings.CLICKHOUSE_COMPRESS) ? spread : spread.uncompressed();
        } catch (IllegalSettingsException e) {
            throw new InvalidSettingsException(e.mistakes().stream()
                    .map(mistake -> "clickhouse: " + mistake)
                    .toList());
        }
    }
}
