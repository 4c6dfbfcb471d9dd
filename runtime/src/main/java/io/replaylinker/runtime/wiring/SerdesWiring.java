package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.settings.SchemaRegistrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.serdes.avro.ValueSerdes;
import java.util.Map;

/** Creates the Avro serdes that the settings describe, with the names of Confluent's settings. */
public final class SerdesWiring {

    private SerdesWiring() {}

    /** Serdes for a topology that is only described and never run. */
    public static ValueSerdes offline() {
        return ValueSerdes.of(Map.of(SchemaRegistrySettings.URL.name(), "mock://offline"));
    }

    /** Makes them; calls no registry yet. */
    public static ValueSerdes serdes(Settings settings) {
        return ValueSerdes.of(SchemaRegistrySettings.properties(settings));
    }
}
