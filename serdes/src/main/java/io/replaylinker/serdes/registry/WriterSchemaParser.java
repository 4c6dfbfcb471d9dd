package io.replaylinker.serdes.registry;

import io.replaylinker.serdes.registry.RegistryAnswer.Fields;
import io.replaylinker.serdes.registry.RegistryAnswer.Reference;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Parses a schema from a registry's response, together with the schemas that it references. The registry is open to other writers, so a
 * schema must stay within limits that no real one reaches. Endless nesting would overflow the stack of the reading thread, and multiplying
 * types would fill the memory when Avro expands them.
 */
final class WriterSchemaParser {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_NODES = 50_000;
    private static final int MAX_REFERENCES = 100;

    private final HttpSchemaRegistry registry;
    private final Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
    private final Set<Reference> seen = new LinkedHashSet<>();
    private int nodes;

    WriterSchemaParser(HttpSchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Parses a schema.
     *
     * @param what name of the schema in messages
     */
    Schema parse(String what, Fields fields) {
        try {
            Schema schema = parse(fields);
            check(schema, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
            return schema;
        } catch (AvroRuntimeException | StackOverflowError e) {
            throw new IncompatibleSchemaException("The registry's " + what + " is no Avro schema that can be used", e);
        }
    }

    private Schema parse(Fields fields) {
        String type = fields.schemaType();
        if (type != null && !type.equalsIgnoreCase("AVRO")) {
            throw new AvroRuntimeException("its type is " + type);
        }
        for (Reference reference : fields.references()) {
            if (seen.size() >= MAX_REFERENCES) {
                throw new AvroRuntimeException("it refers to more than " + MAX_REFERENCES + " others");
            }
            if (seen.add(reference)) {
                String path = "/subjects/" + HttpSchemaRegistry.encode(reference.subject()) + "/versions/"
                        + reference.version();
                parse(registry.stored(path, "version " + reference.version() + " of " + reference.subject(), false));
            }
        }
        return parser.parse(String.valueOf(fields.schema()));
    }

    private void check(Schema schema, int depth, Set<Schema> path) {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new AvroRuntimeException("it is nested or larger beyond any real one");
        }
        switch (schema.getType()) {
            case RECORD -> {
                // A recursive type is fine: Avro expands it only once.
                if (path.add(schema)) {
                    schema.getFields().forEach(field -> check(field.schema(), depth + 1, path));
                    path.remove(schema);
                }
            }
            case ARRAY -> check(schema.getElementType(), depth + 1, path);
            case MAP -> check(schema.getValueType(), depth + 1, path);
            case UNION -> schema.getTypes().forEach(branch -> check(branch, depth + 1, path));
            default -> {
                // a leaf
            }
        }
    }
}
