package io.replaylinker.tools.check;

import io.replaylinker.runtime.settings.SchemaRegistrySettings;
import io.replaylinker.worker.start.Units;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Warns of settings that are valid but probably mistaken; invalid ones are refused earlier. */
final class SettingsLook implements AreaCheck {

    private final int given;
    private final Map<String, String> unknownToKafka;
    private final @Nullable String registryUrl;

    /**
     * A check of what was given.
     *
     * @param given number of settings that were set
     * @param unknownToKafka settings for Kafka's clients that these do not define, without their prefix, with a remedy each
     * @param registryUrl of the schema registry; null where none is set
     */
    SettingsLook(int given, Map<String, String> unknownToKafka, @Nullable String registryUrl) {
        this.given = given;
        this.unknownToKafka = unknownToKafka;
        this.registryUrl = registryUrl;
    }

    @Override
    public Area area() {
        return Area.SETTINGS;
    }

    @Override
    public void look(Findings findings) {
        findings.ok("all", Units.count(given, "setting") + " given and read");
        unknownToKafka.forEach((name, meant) ->
                findings.warning("kafka." + name, "Kafka's clients define no setting of this name", meant));
        if (registryUrl != null && registryUrl.startsWith("mock://")) {
            findings.warning(
                    SchemaRegistrySettings.URL.name(),
                    "the registry is in the memory of this process, so no other process can read the outputs",
                    "set the address of a registry, unless this is a test in one process");
        }
    }
}
