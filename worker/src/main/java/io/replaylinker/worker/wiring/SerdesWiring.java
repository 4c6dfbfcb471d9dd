package io.replaylinker.worker.wiring;

import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.worker.settings.InvalidSettingsException;
import io.replaylinker.worker.settings.PassThrough;
import io.replaylinker.worker.settings.Setting;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** The Avro serdes that the settings describe, under the names that people know from Confluent's. */
public final class SerdesWiring {

    private SerdesWiring() {}

    /** Serdes that nothing will be read or written with. */
    public static ValueSerdes offline() {
        return ValueSerdes.of(Map.of(WorkerSettings.REGISTRY_URL.name(), "mock://offline"));
    }

    /**
     * Makes them; calls no registry yet.
     *
     * @throws InvalidSettingsException with every mistake
     */
    public static ValueSerdes serdes(Settings settings) {
        Map<String, Object> properties = new HashMap<>(settings.withoutPrefix(PassThrough.AVRO));
        for (Setting<String> setting : WorkerSettings.REGISTRY) {
            settings.find(setting).ifPresent(value -> properties.put(setting.name(), value));
        }
        try {
            return ValueSerdes.of(properties);
        } catch (ConfigException e) {
            throw new InvalidSettingsException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
