package io.replaylinker.serdes.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;

/**
 * The registry of {@code mock://scope}: it is in this process and meant for tests and demos. As in a real one, a schema has the same id
 * under every subject. Compatibility is not checked.
 */
final class InMemorySchemaRegistry implements SchemaRegistry {

    // The only static state here. Kafka creates serdes by class name, and only static state connects those of one
    // scope.
    private static final ConcurrentMap<String, InMemorySchemaRegistry> SCOPES = new ConcurrentHashMap<>();

    private final Map<Schema, Integer> ids = new LinkedHashMap<>();
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<UUID, Schema> guids = new HashMap<>();
    private final Map<String, List<Schema>> subjects = new HashMap<>();

    static InMemorySchemaRegistry of(String scope) {
        return SCOPES.computeIfAbsent(scope, name -> new InMemorySchemaRegistry());
    }

    /** The GUID of a schema in this registry. */
    static UUID guidOf(Schema schema) {
        return UUID.nameUUIDFromBytes(schema.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException("The registry in memory has no schema " + id);
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized Schema byGuid(UUID guid) {
        Schema schema = guids.get(guid);
        if (schema == null) {
            throw new UnknownSchemaException("The registry in memory has no schema " + guid);
        }
        return schema;
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        Integer known = ids.get(schema);
        int id = known == null ? add(schema) : known;
        List<Schema> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(schema)) {
            versions.add(schema);
        }
        return id;
    }

    private int add(Schema schema) {
        schemas.add(schema);
        ids.put(schema, schemas.size());
        guids.put(guidOf(schema), schema);
        return schemas.size();
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        Integer id = ids.get(schema);
        if (id == null || !subjects.getOrDefault(subject, List.of()).contains(schema)) {
            throw new UnknownSchemaException(
                    "The registry in memory does not have " + schema.getFullName() + " under " + subject);
        }
        return id;
    }

    @Override
    public synchronized RegisteredSchema latest(String subject) {
        List<Schema> versions = subjects.getOrDefault(subject, List.of());
        if (versions.isEmpty()) {
            throw new UnknownSchemaException("The registry in memory has no subject " + subject);
        }
        Schema schema = versions.get(versions.size() - 1);
        return new RegisteredSchema(idOf(subject, schema), schema);
    }

    @Override
    public boolean accepts(String subject, Schema schema) {
        return true;
    }

    @Override
    public void verify() {
        // always available
    }
}
