package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.GeneratedClasses;
import io.replaylinker.serdes.LruCache;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.RegistryAccessException;
import io.replaylinker.serdes.registry.SchemaRegistry;
import io.replaylinker.serdes.registry.UnknownSchemaException;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Deserializes Confluent's wire format. A record in any version of the schema becomes the class of this deserializer. It throws only
 * {@link NotAvroException}, {@link UnknownSchemaException}, {@link IncompatibleSchemaException}, {@link RegistryUnavailableException} or
 * {@link RegistryAccessException}. Thread-safe once configured.
 */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {

    private static final int READERS = 1000;

    private final LruCache<Object, DatumDecoder<T>> decoders = new LruCache<>(READERS);
    private final @Nullable Class<? extends SpecificRecord> fixedType;
    private @Nullable Class<? extends SpecificRecord> type;
    private @Nullable SchemaRegistry registry;
    private boolean specific = true;
    private boolean isKey;

    /** For Kafka, which creates it by class name and then calls {@link #configure}. The settings name the class to read. */
    public AvroDeserializer() {
        fixedType = null;
    }

    private AvroDeserializer(Class<? extends SpecificRecord> type, @Nullable SchemaRegistry registry) {
        fixedType = type;
        this.type = type;
        this.registry = registry;
    }

    /** Creates a deserializer for the class, to be configured with the registry's settings. */
    public static <T extends SpecificRecord> AvroDeserializer<T> of(Class<T> type) {
        return new AvroDeserializer<>(type, null);
    }

    /** Creates a deserializer for the class that is ready for use. */
    public static <T extends SpecificRecord> AvroDeserializer<T> of(Class<T> type, SchemaRegistry registry) {
        return new AvroDeserializer<>(type, registry);
    }

    /**
     * Applies the settings. A registry and a class that were given before are kept.
     *
     * @throws ConfigException with every mistake in one message
     */
    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        AvroSettings avro;
        if (registry == null) {
            AvroSettings.WithRegistry read = AvroSettings.withRegistry(settings, isKey);
            registry = SchemaRegistry.open(read.registry());
            avro = read.avro();
        } else {
            avro = AvroSettings.of(settings, isKey);
        }
        this.isKey = isKey;
        type = fixedType == null ? avro.valueType() : fixedType;
        specific = avro.specificReader();
    }

    /** Uses an existing registry client, unless the deserializer has one. */
    void shareRegistry(SchemaRegistry shared) {
        if (registry == null) {
            registry = shared;
        }
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return deserialize(topic, null, data);
    }

    @Override
    public @Nullable T deserialize(String topic, @Nullable Headers headers, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        WireForm form = WireForm.of(headers, data, isKey);
        DatumDecoder<T> decoder = decoders.get(form.key());
        if (decoder == null) {
            decoder = decoder(writerSchema(form));
            decoders.put(form.key(), decoder);
        }
        return decoder.decode(data, form.offset());
    }

    private Schema writerSchema(WireForm form) {
        if (registry == null) {
            throw new IllegalStateException("configure() was not called");
        }
        UUID guid = form.guid();
        return guid == null ? registry.byId(form.id()) : registry.byGuid(guid);
    }

    @SuppressWarnings(
            "unchecked") // The class is the caller's T, or the one in the settings, for which the caller guarantees T.
    private DatumDecoder<T> decoder(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new IncompatibleSchemaException(
                    "The writer's schema is of type " + writer.getType().getName() + ", no record");
        }
        if (type == null && !specific) {
            return DatumDecoder.generic(writer, writer);
        }
        Class<? extends SpecificRecord> target = type == null ? GeneratedClasses.find(writer.getFullName()) : type;
        if (target == null) {
            throw new IncompatibleSchemaException("There is no generated class " + writer.getFullName()
                    + ": set specific.avro.value.type to the class to read into, or specific.avro.reader=false");
        }
        return (DatumDecoder<T>) DatumDecoder.into(target, writer);
    }
}
