package io.replaylinker.serdes.registry;

import io.replaylinker.serdes.LruCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * Caches the results of a registry. Ids never change their meaning, so they are kept without expiry. A missing schema is cached for a short
 * time only, because its writer may be about to register it. A failure is never cached.
 */
final class CachedSchemaRegistry implements SchemaRegistry {

    private final SchemaRegistry registry;
    private final InstantSource clock;
    private final Duration missingTtl;
    private final Duration latestTtl;
    private final LruCache<Object, Schema> schemas;
    private final LruCache<Object, Missing> missing;
    private final LruCache<SubjectSchema, Integer> ids;
    private final LruCache<String, Latest> latest;

    CachedSchemaRegistry(SchemaRegistry registry, RegistrySettings settings, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        missingTtl = settings.missingTtl();
        latestTtl = settings.latestTtl();
        schemas = new LruCache<>(settings.cacheSize());
        missing = new LruCache<>(settings.cacheSize());
        ids = new LruCache<>(settings.cacheSize());
        latest = new LruCache<>(settings.cacheSize());
    }

    @Override
    public Schema byId(int id) {
        return schema(id, () -> registry.byId(id));
    }

    @Override
    public Schema byGuid(UUID guid) {
        return schema(guid, () -> registry.byGuid(guid));
    }

    private Schema schema(Object key, Supplier<Schema> fetch) {
        Schema known = schemas.get(key);
        if (known != null) {
            return known;
        }
        Missing unknown = missing.get(key);
        if (unknown != null && clock.instant().isBefore(unknown.until())) {
            throw new UnknownSchemaException(unknown.message());
        }
        try {
            Schema schema = fetch.get();
            schemas.put(key, schema);
            missing.remove(key);
            return schema;
        } catch (UnknownSchemaException e) {
            missing.put(
                    key,
                    new Missing(String.valueOf(e.getMessage()), clock.instant().plus(missingTtl)));
            throw e;
        }
    }

    @Override
    public int register(String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = registry.register(subject, schema);
        ids.put(key, id);
        schemas.put(id, schema);
        missing.remove(id);
        return id;
    }

    @Override
    public int idOf(String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = registry.idOf(subject, schema);
        ids.put(key, id);
        return id;
    }

    @Override
    public RegisteredSchema latest(String subject) {
        Latest known = latest.get(subject);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.schema();
        }
        RegisteredSchema schema = registry.latest(subject);
        latest.put(subject, new Latest(schema, clock.instant().plus(latestTtl)));
        return schema;
    }

    /** Not cached, because it is called only before the start. */
    @Override
    public boolean accepts(String subject, Schema schema) {
        return registry.accepts(subject, schema);
    }

    @Override
    public void verify() {
        registry.verify();
    }

    private record SubjectSchema(String subject, Schema schema) {}

    private record Missing(String message, Instant until) {}

    private record Latest(RegisteredSchema schema, Instant until) {}
}
