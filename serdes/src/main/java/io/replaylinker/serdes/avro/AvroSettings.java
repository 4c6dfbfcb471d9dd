package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.GeneratedClasses;
import io.replaylinker.serdes.registry.RegistrySettings;
import io.replaylinker.serdes.registry.SettingsReader;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the Avro format, under Confluent's names.
 *
 * @param autoRegister {@code auto.register.schemas}, default true; then {@code use.latest.version} has no effect, as with Confluent
 * @param useLatest {@code use.latest.version}: write in the subject's latest schema instead of the record's own, default false
 * @param strictLatest {@code latest.compatibility.strict}: refuse a latest schema that cannot read the records written, default true
 * @param removeJavaProperties {@code avro.remove.java.properties}: register without {@code avro.java.string}, default false
 * @param subjectNames {@code value.subject.name.strategy} or {@code key.subject.name.strategy}
 * @param specificReader {@code specific.avro.reader}: read into the generated class with the schema's name instead of a generic record.
 *     Default true, unlike Confluent's
 * @param valueType {@code specific.avro.value.type} or {@code specific.avro.key.type}: read into this class, whatever the schema's name
 */
record AvroSettings(
        boolean autoRegister,
        boolean useLatest,
        boolean strictLatest,
        boolean removeJavaProperties,
        SubjectNames subjectNames,
        boolean specificReader,
        @Nullable Class<? extends SpecificRecord> valueType) {

    private static final String TYPE = "specific.avro.%s.type";

    /** The settings of both the record format and the registry. */
    record WithRegistry(AvroSettings avro, RegistrySettings registry) {}

    /**
     * Reads all settings.
     *
     * @throws ConfigException with every mistake, the registry's included
     */
    static WithRegistry withRegistry(Map<String, ?> settings, boolean isKey) {
        SettingsReader reader = new SettingsReader(settings);
        WithRegistry read = new WithRegistry(read(reader, isKey), RegistrySettings.read(reader));
        reader.check();
        return read;
    }

    /**
     * Reads the settings of the record format alone, for an existing registry client.
     *
     * @throws ConfigException with every mistake
     */
    static AvroSettings of(Map<String, ?> settings, boolean isKey) {
        SettingsReader reader = new SettingsReader(settings);
        AvroSettings read = read(reader, isKey);
        reader.check();
        return read;
    }

    /** Reads the settings and reports mistakes to the reader. */
    static AvroSettings read(SettingsReader reader, boolean isKey) {
        return new AvroSettings(
                reader.flag("auto.register.schemas", true),
                reader.flag("use.latest.version", false),
                reader.flag("latest.compatibility.strict", true),
                reader.flag("avro.remove.java.properties", false),
                SubjectNames.read(reader, isKey),
                reader.flag("specific.avro.reader", true),
                type(reader, TYPE.formatted(isKey ? "key" : "value")));
    }

    private static @Nullable Class<? extends SpecificRecord> type(SettingsReader reader, String name) {
        String className = reader.text(name);
        if (className == null) {
            return null;
        }
        Class<? extends SpecificRecord> type = GeneratedClasses.find(className);
        if (type == null) {
            reader.mistake(name, "must be a generated Avro class on the class path, not '" + className + "'");
        }
        return type;
    }
}
