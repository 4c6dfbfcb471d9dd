package io.replaylinker.worker.settings;

import static io.replaylinker.worker.settings.ValueTypes.text;
import static io.replaylinker.worker.settings.ValueTypes.yesOrNo;

import io.replaylinker.serdes.avro.ValueSerdes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;

/** Where schemas are, under the names that Confluent's clients gave these settings; a part of the table of {@link WorkerSettings}. */
public final class SchemaRegistrySettings {

    public static final Setting<String> URL = Setting.of(
            "schema.registry.url",
            text(),
            null,
            "Addresses of the schema registry, as http://registry:8081, with commas between. mock://NAME is one in memory, for"
                    + " trials. Required, unless avro.value.serde replaces our serde.");
    public static final Setting<String> CREDENTIALS = Setting.of(
            "basic.auth.credentials.source",
            text(),
            null,
            "Where the login comes from: URL (from the address) or USER_INFO, as with Confluent's serializers.");
    public static final Setting<String> USER_INFO =
            Setting.secret("basic.auth.user.info", "user:password for the registry.");
    public static final Setting<Boolean> AUTO_REGISTER = Setting.of(
            "auto.register.schemas",
            yesOrNo(),
            null,
            "Register our schemas when they are missing; true where it is not set.");
    public static final Setting<Boolean> USE_LATEST = Setting.of(
            "use.latest.version", yesOrNo(), null, "Write in the subject's newest schema; false where it is not set.");
    public static final Setting<String> SUBJECT_NAMES = Setting.of(
            "value.subject.name.strategy",
            text(),
            null,
            "How topics become subjects: TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy; the first where it is"
                    + " not set.");

    static final SettingsGroup GROUP = new SettingsGroup(
            "Schema registry",
            "What is written is Avro with a schema registry. The names are those that Confluent's clients gave these settings. What"
                    + " else the serde knows is passed through under [`avro.`](#passed-through).",
            URL,
            CREDENTIALS,
            USER_INFO,
            AUTO_REGISTER,
            USE_LATEST,
            SUBJECT_NAMES);

    private SchemaRegistrySettings() {}

    /** What the Avro serdes are told: these, over what is passed through. */
    public static Map<String, Object> properties(Settings settings) {
        Map<String, Object> properties = new HashMap<>(settings.withoutPrefix(PassThrough.AVRO));
        for (Setting<?> setting : GROUP.settings()) {
            settings.find(setting).ifPresent(value -> properties.put(setting.name(), value.toString()));
        }
        return properties;
    }

    static void check(Settings settings, Consumer<String> problem) {
        if (settings.find(URL).isEmpty() && !isReplaced(settings)) {
            problem.accept("schema.registry.url: is required, as http://localhost:8081; the outputs are Avro");
            return;
        }
        try {
            ValueSerdes.of(properties(settings));
        } catch (ConfigException e) {
            problem.accept(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isReplaced(Settings settings) {
        return settings.withoutPrefix(PassThrough.AVRO).containsKey(ValueSerdes.SERDE);
    }
}
