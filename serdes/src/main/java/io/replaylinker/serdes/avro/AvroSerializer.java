package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.LruCache;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.RegisteredSchema;
import io.replaylinker.serdes.registry.SchemaRegistry;
import io.replaylinker.serdes.registry.UnknownSchemaException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serializes to Confluent's wire format: byte 0, the schema's id in 4 bytes, Avro binary. The schema is registered or looked up with the
 * first record of a subject, depending on the settings. It fails like {@link SchemaRegistry}, and with a {@link SerializationException} for
 * a record that violates its schema. Thread-safe once configured.
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {

    private static final int WRITERS = 1000;

    private final LruCache<Target, DatumEncoder> encoders = new LruCache<>(WRITERS);
    private final LruCache<Schema, Schema> plainSchemas = new LruCache<>(WRITERS);
    private @Nullable SchemaRegistry registry;
    private @Nullable AvroSettings settings;
    private boolean isKey;

    /** For Kafka, which creates it by class name and then calls {@link #configure}. */
    public AvroSerializer() {}

    /** A serializer with an existing registry client; {@link #configure} may follow. */
    public AvroSerializer(SchemaRegistry registry) {
        this.registry = registry;
        settings = AvroSettings.of(Map.of(), false);
    }

    /**
     * Applies the settings. A registry that was given before is kept.
     *
     * @throws ConfigException with every mistake in one message
     */
    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        if (registry == null) {
            AvroSettings.WithRegistry read = AvroSettings.withRegistry(settings, isKey);
            registry = SchemaRegistry.open(read.registry());
            this.settings = read.avro();
        } else {
            this.settings = AvroSettings.of(settings, isKey);
        }
        this.isKey = isKey;
    }

    SchemaRegistry registry() {
        if (registry == null) {
            throw new IllegalStateException("configure() was not called");
        }
        return registry;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T record) {
        if (record == null) {
            return null;
        }
        if (settings == null) {
            throw new IllegalStateException("configure() was not called");
        }
        Schema schema = record.getSchema();
        RegisteredSchema written = written(registry(), settings, topic, schema);
        Target target = new Target(schema, written.id());
        DatumEncoder encoder = encoders.get(target);
        if (encoder == null) {
            encoder = DatumEncoder.of(record, written, settings.strictLatest());
            encoders.put(target, encoder);
        }
        return encoder.encode(record);
    }

    /**
     * Checks whether records of the schema can be written to the topic, without registering anything.
     *
     * @return true if the registry has the schema, false if it would accept it with the first record
     * @throws UnknownSchemaException if the schema must already be registered and is not
     * @throws IncompatibleSchemaException if the subject does not accept it
     */
    public boolean rehearse(String topic, Schema schema) {
        if (settings == null) {
            throw new IllegalStateException("configure() was not called");
        }
        String subject = settings.subjectNames().subject(topic, isKey, schema);
        if (!settings.autoRegister()) {
            written(registry(), settings, topic, schema);
            return true;
        }
        Schema registered = settings.removeJavaProperties() ? plain(schema) : schema;
        try {
            registry().idOf(subject, registered);
            return true;
        } catch (UnknownSchemaException notYet) {
            if (!registry().accepts(subject, registered)) {
                throw new IncompatibleSchemaException("Subject " + subject + " does not accept " + schema.getFullName()
                        + ": it is incompatible with a schema registered before");
            }
            return false;
        }
    }

    private RegisteredSchema written(SchemaRegistry registry, AvroSettings settings, String topic, Schema schema) {
        String subject = settings.subjectNames().subject(topic, isKey, schema);
        Schema registered = settings.removeJavaProperties() ? plain(schema) : schema;
        if (settings.autoRegister()) {
            return new RegisteredSchema(registry.register(subject, registered), schema);
        }
        if (settings.useLatest()) {
            return registry.latest(subject);
        }
        return new RegisteredSchema(idOf(registry, subject, registered), schema);
    }

    /** The id of a schema that was registered by other means: from the Java class, or from the schema file, which lacks Java's hints. */
    private int idOf(SchemaRegistry registry, String subject, Schema schema) {
        try {
            return registry.idOf(subject, schema);
        } catch (UnknownSchemaException e) {
            Schema plain = plain(schema);
            if (!plain.equals(schema)) {
                try {
                    return registry.idOf(subject, plain);
                } catch (UnknownSchemaException alsoUnknown) {
                    e.addSuppressed(alsoUnknown);
                }
            }
            throw new UnknownSchemaException(
                    e.getMessage() + ". Register it, or set auto.register.schemas=true, or use.latest.version=true");
        }
    }

    private Schema plain(Schema schema) {
        Schema plain = plainSchemas.get(schema);
        if (plain == null) {
            plain = JavaProperties.remove(schema);
            plainSchemas.put(schema, plain);
        }
        return plain;
    }

    private record Target(Schema schema, int id) {}
}
