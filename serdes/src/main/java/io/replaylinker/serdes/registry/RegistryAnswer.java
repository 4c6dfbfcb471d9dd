package io.replaylinker.serdes.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response of the registry and the relevant fields of its JSON. It is read with Jackson's streaming parser, which is a dependency
 * already. Seven fields do not justify data binding.
 */
record RegistryAnswer(int status, String body) {

    private static final JsonFactory JSON = new JsonFactory();

    /** A reference to another schema by subject and version. */
    record Reference(String subject, int version) {}

    /** The fields of a response; -1 stands for a missing number. */
    record Fields(
            int id,
            @Nullable String schema,
            @Nullable String schemaType,
            List<Reference> references,
            int errorCode,
            @Nullable String message,
            boolean compatible) {}

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * Parses the fields of the response.
     *
     * @throws IOException if the body is not one complete JSON object
     */
    Fields fields() throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notJson();
            }
            return fields(parser);
        } catch (JacksonException e) {
            IOException notJson = notJson();
            notJson.initCause(e);
            throw notJson;
        }
    }

    /** An error page tells no more than the status. */
    private IOException notJson() {
        return ForeignAnswerException.orWrongAddress(status, isSuccess() ? "the body is not a JSON object" : "");
    }

    private static Fields fields(JsonParser parser) throws IOException {
        int id = -1;
        int errorCode = -1;
        String schema = null;
        String schemaType = null;
        String message = null;
        List<Reference> references = List.of();
        boolean compatible = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = number(parser);
                case "error_code" -> errorCode = number(parser);
                case "schema" -> schema = text(parser);
                case "schemaType" -> schemaType = text(parser);
                case "message" -> message = text(parser);
                case "is_compatible" -> compatible = parser.currentToken() == JsonToken.VALUE_TRUE;
                case "references" -> references = references(parser);
                default -> parser.skipChildren();
            }
        }
        return new Fields(id, schema, schemaType, references, errorCode, message, compatible);
    }

    private static List<Reference> references(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return List.of();
        }
        List<Reference> references = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String subject = null;
            int version = -1;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "subject" -> subject = text(parser);
                    case "version" -> version = number(parser);
                    default -> parser.skipChildren();
                }
            }
            references.add(new Reference(Objects.requireNonNullElse(subject, ""), version));
        }
        return references;
    }

    private static @Nullable String text(JsonParser parser) throws IOException {
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
        parser.skipChildren();
        return text;
    }

    private static int number(JsonParser parser) throws IOException {
        int number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
        parser.skipChildren();
        return number;
    }

    /** The status and the registry's message in one line for a log. */
    static String describe(int status, Fields fields) {
        String message = message(fields);
        return "HTTP " + status + ", error code " + fields.errorCode() + ": "
                + (message.isEmpty() ? "no message" : message);
    }

    /** The message of a response in one line; empty if it has none. */
    static String message(Fields fields) {
        String message = Objects.requireNonNullElse(fields.message(), "").replaceAll("\\s+", " ");
        return message.length() > 500 ? message.substring(0, 500) + "..." : message;
    }
}
