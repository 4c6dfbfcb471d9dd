package io.replaylinker.serdes.registry;

import io.replaylinker.serdes.RegistryUnavailableException;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * Where writers leave their schemas and readers find them. Every method may throw {@link RegistryUnavailableException} (try again
 * later) and {@link RegistryAccessException} (mend the settings). Safe for many threads.
 */
public interface SchemaRegistry {

    /**
     * The schema that a record's prefix names.
     *
     * @throws UnknownSchemaException if the registry says that it has none
     * @throws IncompatibleSchemaException if it is no Avro schema, or one beyond all reason
     */
    Schema byId(int id);

    /** The schema that a record's header names; fails as {@link #byId}. */
    Schema byGuid(UUID guid);

    /**
     * Adds a schema to a subject, or finds it there.
     *
     * @return its id
     * @throws IncompatibleSchemaException if the subject's compatibility rule forbids it
     */
    int register(String subject, Schema schema);

    /**
     * Finds a schema under a subject without adding it.
     *
     * @return its id
     * @throws UnknownSchemaException if it is not there
     */
    int idOf(String subject, Schema schema);

    /**
     * The newest schema of a subject.
     *
     * @throws UnknownSchemaException if the subject has none
     */
    RegisteredSchema latest(String subject);

    /**
     * Whether a subject would take a schema as its next one, without adding it. A subject that does not exist takes any.
     *
     * @throws IncompatibleSchemaException if the registry can make nothing of the schema
     */
    boolean accepts(String subject, Schema schema);

    /** Asks for something cheap, to learn before the start whether the address and the credentials are right. */
    void verify();

    /** The registry that the settings name, with caches in front of it. Makes no call yet. */
    static SchemaRegistry open(RegistrySettings settings) {
        String scope = settings.mockScope();
        SchemaRegistry registry = scope == null
                ? new HttpSchemaRegistry(new RegistryTransport(settings))
                : InMemorySchemaRegistry.of(scope);
        return new CachedSchemaRegistry(registry, settings, InstantSource.system());
    }
}
