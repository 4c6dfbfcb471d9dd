package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** The serializer and deserializer of one generated class, which share a registry client. */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

    private final AvroSerializer<T> serializer;
    private final AvroDeserializer<T> deserializer;

    /** For Kafka, which creates it by class name and then calls {@link #configure}. The settings name the class to read. */
    public AvroSerde() {
        serializer = new AvroSerializer<>();
        deserializer = new AvroDeserializer<>();
    }

    /** A serde for one class, to be configured with the registry's settings. */
    public AvroSerde(Class<T> type) {
        serializer = new AvroSerializer<>();
        deserializer = AvroDeserializer.of(type);
    }

    /** A serde for one class that is ready for use; {@link #configure} may follow. */
    public AvroSerde(Class<T> type, SchemaRegistry registry) {
        serializer = new AvroSerializer<>(registry);
        deserializer = AvroDeserializer.of(type, registry);
    }

    /**
     * Applies the settings to both directions.
     *
     * @throws ConfigException with every mistake in one message
     */
    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        serializer.configure(settings, isKey);
        deserializer.shareRegistry(serializer.registry());
        deserializer.configure(settings, isKey);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
