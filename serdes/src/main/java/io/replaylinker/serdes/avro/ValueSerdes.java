package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.registry.RegistrySettings;
import io.replaylinker.serdes.registry.SchemaRegistry;
import io.replaylinker.serdes.registry.SettingsReader;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Creates the value serdes of the settings: {@code value.deserializer} and {@code value.serializer}, otherwise both sides of
 * {@code value.serde}, otherwise the defaults. Any class on the class path may be named, including Confluent's. It receives all settings.
 * The default serdes share one registry client.
 */
public final class ValueSerdes {

    public static final String SERDE = "value.serde";
    public static final String DESERIALIZER = "value.deserializer";
    public static final String SERIALIZER = "value.serializer";

    private final Map<String, ?> settings;
    private final ReplaceableClass<Deserializer<?>> deserializers;
    private final ReplaceableClass<Serializer<?>> serializers;
    private final ReplaceableClass<Serde<?>> serdes;
    private final @Nullable SchemaRegistry registry;

    private ValueSerdes(Map<String, ?> settings) {
        this.settings = settings;
        SettingsReader reader = new SettingsReader(settings);
        deserializers =
                ReplaceableClass.read(reader, settings, DESERIALIZER, Deserializer.class, AvroDeserializer.class);
        serializers = ReplaceableClass.read(reader, settings, SERIALIZER, Serializer.class, AvroSerializer.class);
        serdes = ReplaceableClass.read(reader, settings, SERDE, Serde.class, AvroSerde.class);
        RegistrySettings registrySettings =
                usesOurs(deserializers) || usesOurs(serializers) ? RegistrySettings.read(reader) : null;
        if (registrySettings != null) {
            AvroSettings.read(reader, false);
        }
        reader.check();
        registry = registrySettings == null ? null : SchemaRegistry.open(registrySettings);
    }

    /**
     * Reads the settings and loads the classes. Makes no call to a registry.
     *
     * @throws ConfigException with every mistake in one message
     */
    public static ValueSerdes of(Map<String, ?> settings) {
        return new ValueSerdes(settings);
    }

    /** Returns whether one side is the default: named explicitly, or not named and not replaced together with the other side. */
    private boolean usesOurs(ReplaceableClass<?> side) {
        return side.isOurs() || (!side.isForeign() && !serdes.isForeign());
    }

    /** The registry client that the default serdes share, or null if all are replaced. */
    public @Nullable SchemaRegistry registry() {
        return registry;
    }

    /** Creates a decoder for one class on top of {@link #deserializer}. */
    public <T extends SpecificRecord> RecordDecoder<T> decoder(Class<T> type) {
        return new AvroDecoder<>(deserializer(type), type);
    }

    /**
     * Creates and configures a deserializer. The default returns the class. A replacement may return another Avro record, which
     * {@link AvroDecoder} converts.
     *
     * @throws ConfigException if a replacement cannot be created or rejects the settings
     */
    public Deserializer<?> deserializer(Class<? extends SpecificRecord> type) {
        if (deserializers.isForeign()) {
            return deserializers.make(made -> made.configure(settings, false));
        }
        if (!usesOurs(deserializers)) {
            return serdes.make(made -> made.configure(settings, false)).deserializer();
        }
        AvroDeserializer<?> ours = AvroDeserializer.of(type, Objects.requireNonNull(registry));
        ours.configure(settings, false);
        return ours;
    }

    /**
     * Creates and configures a serializer for records of the class.
     *
     * @throws ConfigException if a replacement cannot be created or rejects the settings
     */
    @SuppressWarnings(
            "unchecked") // The type of a replacement is erased. The first record shows whether it accepts the generated
    // class.
    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        if (serializers.isForeign()) {
            return (Serializer<T>) serializers.make(made -> made.configure(settings, false));
        }
        if (!usesOurs(serializers)) {
            return (Serializer<T>)
                    serdes.make(made -> made.configure(settings, false)).serializer();
        }
        AvroSerializer<T> ours = new AvroSerializer<>(Objects.requireNonNull(registry));
        ours.configure(settings, false);
        return ours;
    }
}
