package io.replaylinker.runtime.settings;

import static io.replaylinker.runtime.settings.ValueTypes.text;
import static io.replaylinker.runtime.settings.ValueTypes.yesOrNo;

import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.serdes.registry.InvalidSerdeSettingsException;
import java.util.HashMap;
import java.util.Map;

/** Where schemas are, under the names that Confluent's clients gave these settings; a part of the table of {@link WorkerSettings}. */
public final class SchemaRegistrySettings {

    public static final Setting<String> URL = Setting.of(
            "schema.registry.url",
            text(),
            null,
            "Addresses of the schema registry, such as http://registry:8081, separated by commas. mock://NAME is in memory, for"
                    + " tests. Required, unless avro.value.serde replaces the built-in serde.");
    public static final Setting<String> CREDENTIALS = Setting.of(
            "basic.auth.credentials.source",
            text(),
            null,
            "Source of the credentials: URL (from the address) or USER_INFO, as with Confluent's serializers.");
    public static final Setting<String> USER_INFO =
            Setting.secret("basic.auth.user.info", "user:password for the registry.");
    public static final Setting<Boolean> AUTO_REGISTER =
            Setting.of("auto.register.schemas", yesOrNo(), null, "Register missing schemas; true if not set.");
    public static final Setting<Boolean> USE_LATEST = Setting.of(
            "use.latest.version", yesOrNo(), null, "Write with the newest schema of the subject; false if not set.");
    public static final Setting<String> SUBJECT_NAMES = Setting.of(
            "value.subject.name.strategy",
            text(),
            null,
            "Subject names of the topics: TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy; the first if"
                    + " not set.");

    static final Setting<String> TRUSTSTORE = Setting.of(
            "schema.registry.ssl.truststore.location",
            text(),
            null,
            "File with the certificates of the trusted authorities for https, in place of those that the"
                    + " JVM trusts.");
    static final Setting<String> TRUSTSTORE_TYPE = Setting.of(
            "schema.registry.ssl.truststore.type",
            text(),
            null,
            "PEM, PKCS12 or JKS; where it is not set, PEM is known by its text, and anything else is a key store of Java's.");
    static final Setting<String> TRUSTSTORE_PASSWORD =
            Setting.secret("schema.registry.ssl.truststore.password", "Password of that file; PEM has none.");
    static final Setting<String> KEYSTORE = Setting.of(
            "schema.registry.ssl.keystore.location",
            text(),
            null,
            "File with the worker's own key and certificate, for a registry that asks for them.");
    static final Setting<String> KEYSTORE_TYPE =
            Setting.of("schema.registry.ssl.keystore.type", text(), null, "As schema.registry.ssl.truststore.type.");
    static final Setting<String> KEYSTORE_PASSWORD =
            Setting.secret("schema.registry.ssl.keystore.password", "Password of that file; PEM has none.");
    static final Setting<String> KEY_PASSWORD =
            Setting.secret("schema.registry.ssl.key.password", "Password of the key in that file, if it is encrypted.");

    static final SettingsGroup GROUP = new SettingsGroup(
            "Schema registry",
            "The output is Avro with a schema registry. The names are those of Confluent's clients. What"
                    + " else the serde knows is passed through under [`avro.`](#passed-through).",
            URL,
            CREDENTIALS,
            USER_INFO,
            AUTO_REGISTER,
            USE_LATEST,
            SUBJECT_NAMES,
            TRUSTSTORE,
            TRUSTSTORE_TYPE,
            TRUSTSTORE_PASSWORD,
            KEYSTORE,
            KEYSTORE_TYPE,
            KEYSTORE_PASSWORD,
            KEY_PASSWORD);

    private SchemaRegistrySettings() {}

    /** Configuration of the Avro serdes: these settings, over what is passed through. */
    public static Map<String, Object> properties(Settings settings) {
        Map<String, Object> properties = new HashMap<>(settings.withoutPrefix(PassThrough.AVRO));
        for (Setting<?> setting : GROUP.settings()) {
            settings.find(setting).ifPresent(value -> properties.put(setting.name(), value.toString()));
        }
        return properties;
    }

    static void check(Settings settings, Mistakes mistakes) {
        if (settings.find(URL).isEmpty() && !isReplaced(settings)) {
            isRequired(settings, mistakes);
            return;
        }
        try {
            ValueSerdes.of(properties(settings));
        } catch (InvalidSerdeSettingsException e) {
            e.mistakes().forEach(mistake -> mistakes.add(nameHere(mistake.name()), mistake.text()));
        }
    }

    private static void isRequired(Settings settings, Mistakes mistakes) {
        String required = "is required, as http://localhost:8081; the outputs are Avro";
        NearestName.of(URL.name(), settings.withoutPrefix(PassThrough.AVRO).keySet())
                .ifPresentOrElse(
                        near -> mistakes.add(
                                PassThrough.AVRO.named(near), "do you mean " + URL.name() + "? It " + required),
                        () -> mistakes.add(URL.name(), required));
    }

    /** The name of a serde's setting in the worker's settings. */
    private static String nameHere(String name) {
        boolean ours = name.startsWith("schema.registry.")
                || GROUP.settings().stream().anyMatch(setting -> setting.name().equals(name));
        return ours ? name : PassThrough.AVRO.named(name);
    }

    private static boolean isReplaced(Settings settings) {
        return settings.withoutPrefix(PassThrough.AVRO).containsKey(ValueSerdes.SERDE);
    }
}
