package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.settings.SchemaRegistrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.serdes.avro.ValueSerdes;
import java.util.HashMap;
import java.util.Map;

/** Creates the Avro serdes that the settings describe, with the names of Confluent's settings. */
public final class SerdesWiring {

    private static final Map<String, String> IMPATIENT =
            Map.of("max.retries", "0", "http.connect.timeout.ms", "3000", "http.read.timeout.ms", "5000");

    private SerdesWiring() {}

    /** Serdes for a topology that is only described and never run. */
    public static ValueSerdes offline() {
        return ValueSerdes.of(Map.of(SchemaRegistrySettings.URL.name(), "mock://offline"));
    }

    /** Makes them; calls no registry yet. */
    public static ValueSerdes serdes(Settings settings) {
        return ValueSerdes.of(SchemaRegistrySettings.properties(settings));
    }

    /** The same with a registry client that asks once and waits a few seconds, to find out whether the registry answers. */
    public static ValueSerdes impatient(Settings settings) {
        Map<String, Object> properties = new HashMap<>(SchemaRegistrySettings.properties(settings));
        properties.putAll(IMPATIENT);
        return ValueSerdes.of(properties);
    }
}
