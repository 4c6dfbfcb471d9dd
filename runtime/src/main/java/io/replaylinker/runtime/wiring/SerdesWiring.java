package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.settings.SchemaRegistrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.serdes.avro.ValueSerdes;
import java.util.Map;

/** The Avro serdes that the settings describe, under the names that people know from Confluent's. */
public final class SerdesWiring {

    private SerdesWiring() {}

    /** Serdes that nothing will be read or written with. */
    public static ValueSerdes offline() {
        return ValueSerdes.of(Map.of(SchemaRegistrySettings.URL.name(), "mock://offline"));
    }

    /** Makes them; calls no registry yet. */
    public static ValueSerdes serdes(Settings settings) {
        return ValueSerdes.of(SchemaRegistrySettings.properties(settings));
    }
}
