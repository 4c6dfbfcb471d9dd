package io.replaylinker.serdes.registry;

import io.replaylinker.serdes.RegistryUnavailableException;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * A schema registry. Every method may throw {@link RegistryUnavailableException} (try again later) and {@link RegistryAccessException} (fix
 * the settings). Thread-safe.
 */
public interface SchemaRegistry {

    /**
     * Returns the schema with the id in a record's prefix.
     *
     * @throws UnknownSchemaException if the registry does not have it
     * @throws IncompatibleSchemaException if it is not an Avro schema, or exceeds the limits
     */
    Schema byId(int id);

    /** Returns the schema with the GUID in a record's header; fails like {@link #byId}. */
    Schema byGuid(UUID guid);

    /**
     * Registers a schema under a subject, or finds it there.
     *
     * @return its id
     * @throws IncompatibleSchemaException if the subject's compatibility rule forbids it
     */
    int register(String subject, Schema schema);

    /**
     * Finds a schema under a subject without registering it.
     *
     * @return its id
     * @throws UnknownSchemaException if it is not there
     */
    int idOf(String subject, Schema schema);

    /**
     * Returns the latest schema of a subject.
     *
     * @throws UnknownSchemaException if the subject has none
     */
    RegisteredSchema latest(String subject);

    /**
     * Returns whether a subject would accept a schema as its next version, without registering it. A subject that does not exist accepts
     * any.
     *
     * @throws IncompatibleSchemaException if the registry cannot read the schema
     */
    boolean accepts(String subject, Schema schema);

    /** Makes a cheap call, to check the address and the credentials before the start. */
    void verify();

    /** Creates a caching client for the registry of the settings. Makes no call yet. */
    static SchemaRegistry open(RegistrySettings settings) {
        String scope = settings.mockScope();
        SchemaRegistry registry = scope == null
                ? new HttpSchemaRegistry(new RegistryTransport(settings))
                : InMemorySchemaRegistry.of(scope);
        return new CachedSchemaRegistry(registry, settings, InstantSource.system());
    }
}
