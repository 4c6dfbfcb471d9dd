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
 * Makes the value serdes that the settings name: {@code value.deserializer} and {@code value.serializer}, else both sides of
 * {@code value.serde}, else ours. Any class on the class path will do, Confluent's included; it is given all the settings. Those of
 * ours share one registry client.
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
     * Looks at the settings and loads the classes; makes no call to a registry.
     *
     * @throws ConfigException with every mistake in one message
     */
    public static ValueSerdes of(Map<String, ?> settings) {
        return new ValueSerdes(settings);
    }

    /** Whether one side is ours: named so, or named nothing and not replaced together with the other. */
    private boolean usesOurs(ReplaceableClass<?> side) {
        return side.isOurs() || (!side.isForeign() && !serdes.isForeign());
    }

    /**
     * The registry client that our own serdes share, or null if all are replaced.
     */
    public @Nullable SchemaRegistry registry() {
        return registry;
    }

    /** A decoder of one class on top of {@link #deserializer}. */
    public <T extends SpecificRecord> RecordDecoder<T> decoder(Class<T> type) {
        return new AvroDecoder<>(deserializer(type), type);
    }

    /**
     * A new configured deserializer. Ours gives the class; a replacement gives what it likes, for {@link AvroDecoder} to convert.
     *
     * @throws ConfigException if a replacement cannot be made or rejects the settings
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
     * A new configured serializer for records of the class.
     *
     * @throws ConfigException if a replacement cannot be made or rejects the settings
     */
    @SuppressWarnings(
            "unchecked") // A replacement's own type is erased: whether it takes our records shows with the first.
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
