package io.replaylinker.serdes.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.replaylinker.serdes.registry.RegistryAnswer.Fields;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client of Confluent's REST API, which Confluent's, Apicurio's, Karapace's and Redpanda's registries implement. */
final class HttpSchemaRegistry implements SchemaRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(HttpSchemaRegistry.class);
    private static final JsonFactory JSON = new JsonFactory();

    private final RegistryTransport transport;

    HttpSchemaRegistry(RegistryTransport transport) {
        this.transport = transport;
    }

    @Override
    public Schema byId(int id) {
        // Ids begin at 1, and a registry may respond to others with 500. Garbage bytes must not look like an outage.
        if (id < 1) {
            throw new UnknownSchemaException("No registry has a schema " + id);
        }
        return parse("schema " + id, stored("/schemas/ids/" + id, "schema " + id, false));
    }

    @Override
    public Schema byGuid(UUID guid) {
        // A registry without GUIDs responds with a 404 in another form.
        return parse("schema " + guid, stored("/schemas/guids/" + guid, "schema " + guid, true));
    }

    @Override
    public int register(String subject, Schema schema) {
        Registration registration = transport.send(new RegistryRequest<>(
                subject(subject) + "/versions", request(schema), answer -> registration(subject, schema, answer)));
        int id = registration.conflict() == null
                ? registration.id()
                : idDespiteConflict(subject, schema, registration.conflict());
        LOG.info("Subject {} of the schema registry holds {} as schema {}", subject, schema.getFullName(), id);
        return id;
    }

    /**
     * The response to a registration.
     *
     * @param id of the schema; meaningless with a conflict
     * @param conflict the registry's description of a 409, or null
     */
    private record Registration(int id, @Nullable String conflict) {}

    private static Registration registration(String subject, Schema schema, RegistryAnswer answer) throws IOException {
        Fields fields = answer.fields();
        if (answer.isSuccess()) {
            return new Registration(id(fields), null);
        }
        String error = RegistryAnswer.describe(answer.status(), fields);
        if (answer.status() == 409) {
            return new Registration(-1, error);
        }
        if (answer.status() == 404) {
            // A registration needs nothing that could be missing.
            throw ForeignAnswerException.orWrongAddress(answer.status(), RegistryAnswer.message(fields));
        }
        throw new IncompatibleSchemaException(
                "The schema registry refuses " + schema.getFullName() + " for subject " + subject + " (" + error + ")");
    }

    /**
     * A 409 has two causes: an incompatible schema, or another worker that registered the same schema at the same moment. Apicurio responds
     * with it to one of two workers that start together. Only in the second case the subject has the schema.
     */
    private int idDespiteConflict(String subject, Schema schema, String conflict) {
        try {
            return idOf(subject, schema);
        } catch (UnknownSchemaException e) {
            throw new IncompatibleSchemaException(
                    "Subject " + subject + " does not accept " + schema.getFullName()
                            + ": it is incompatible with a schema registered before (" + conflict + ")",
                    e);
        }
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return transport.send(new RegistryRequest<>(subject(subject), request(schema), answer -> {
            checkFound(answer, schema.getFullName() + " under subject " + subject, false);
            return id(answer.fields());
        }));
    }

    @Override
    public RegisteredSchema latest(String subject) {
        String what = "subject " + subject;
        Fields fields = stored(subject(subject) + "/versions/latest", what, false);
        return new RegisteredSchema(fields.id(), parse(what, fields));
    }

    @Override
    public boolean accepts(String subject, Schema schema) {
        String path = "/compatibility" + subject(subject) + "/versions/latest";
        return transport.send(new RegistryRequest<>(path, request(schema), answer -> {
            Fields fields = answer.fields();
            if (answer.isSuccess()) {
                return fields.compatible();
            }
            if (answer.status() == 404 && fields.errorCode() / 100 == 404) {
                return true;
            }
            if (answer.status() == 422) {
                throw new IncompatibleSchemaException("The schema registry refuses " + schema.getFullName() + " ("
                        + RegistryAnswer.describe(answer.status(), fields) + ")");
            }
            throw ForeignAnswerException.orWrongAddress(answer.status(), RegistryAnswer.message(fields));
        }));
    }

    @Override
    public void verify() {
        transport.send(new RegistryRequest<>("/schemas/types", null, answer -> {
            // A registry lists its schema types. Other servers may respond with 200 to any path.
            if (!answer.isSuccess() || !answer.body().stripLeading().startsWith("[")) {
                throw ForeignAnswerException.orWrongAddress(answer.status(), "");
            }
            return answer.status();
        }));
    }

    /** Reads a stored schema. */
    Fields stored(String path, String what, boolean any404) {
        return transport.send(new RegistryRequest<>(path, null, answer -> {
            checkFound(answer, what, any404);
            Fields fields = answer.fields();
            if (fields.schema() == null) {
                throw new IOException("HTTP " + answer.status() + " without a schema");
            }
            return fields;
        }));
    }

    private Schema parse(String what, Fields fields) {
        return new WriterSchemaParser(this).parse(what, fields);
    }

    /**
     * Distinguishes a missing schema from a wrong server. A registry's 404 has an error code 404xx, and its 400 and 422 have some code. A
     * proxy or a wrong path has none, or just 404.
     */
    private static void checkFound(RegistryAnswer answer, String what, boolean any404) throws IOException {
        if (answer.isSuccess()) {
            return;
        }
        if (any404 && answer.status() == 404) {
            throw new UnknownSchemaException("The schema registry has no " + what);
        }
        Fields fields = answer.fields();
        boolean missing = answer.status() == 404 && fields.errorCode() / 100 == 404;
        boolean refused = (answer.status() == 400 || answer.status() == 422) && fields.errorCode() > 0;
        if (missing || refused) {
            throw new UnknownSchemaException("The schema registry has no " + what + " ("
                    + RegistryAnswer.describe(answer.status(), fields) + ")");
        }
        throw ForeignAnswerException.orWrongAddress(answer.status(), RegistryAnswer.message(fields));
    }

    private static int id(Fields fields) throws IOException {
        if (fields.id() < 1) {
            throw new IOException("an answer without a schema id");
        }
        return fields.id();
    }

    private static String subject(String subject) {
        return "/subjects/" + encode(subject);
    }

    static String encode(String pathSegment) {
        return URLEncoder.encode(pathSegment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String request(@Nullable Schema schema) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("schema", String.valueOf(schema));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot fail", e);
        }
        return text.toString();
    }
}
