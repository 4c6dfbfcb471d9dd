package io.replaylinker.tools.check;

import io.replaylinker.runtime.settings.Origin;
import io.replaylinker.runtime.settings.PassThrough;
import io.replaylinker.runtime.settings.SchemaRegistrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.worker.start.Units;
import java.util.Map;

/** Warns of settings that are valid but probably mistaken; invalid ones are refused earlier. */
final class SettingsLook implements AreaCheck {

    private final Settings settings;

    SettingsLook(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Area area() {
        return Area.SETTINGS;
    }

    @Override
    public void look(Findings findings) {
        long set = settings.effective().stream()
                .filter(setting -> setting.origin().kind() != Origin.Kind.DEFAULT)
                .count();
        findings.ok("all", Units.count(set, "setting") + " given and read");
        Map<String, String> strange = PassThrough.unknownToKafka(settings);
        strange.forEach((name, meant) ->
                findings.warning("kafka." + name, "Kafka's clients define no setting of this name", meant));
        settings.find(SchemaRegistrySettings.URL)
                .filter(url -> url.startsWith("mock://"))
                .ifPresent(url -> findings.warning(
                        SchemaRegistrySettings.URL.name(),
                        "the registry is in the memory of this process, so no other process can read the outputs",
                        "set the address of a registry, unless this is a test in one process"));
    }
}
