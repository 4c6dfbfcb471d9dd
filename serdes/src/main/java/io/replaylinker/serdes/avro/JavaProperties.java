package io.replaylinker.serdes.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** Removes from a schema the properties that only Avro's Java code generator needs and that the schema's source file does not have. */
final class JavaProperties {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String STRING_TYPE = "avro.java.string";

    private JavaProperties() {}

    static Schema remove(Schema schema) {
        StringWriter text = new StringWriter();
        try (JsonParser from = JSON.createParser(schema.toString());
                JsonGenerator to = JSON.createGenerator(text)) {
            while (from.nextToken() != null) {
                if (from.currentToken() == JsonToken.FIELD_NAME
                        && from.currentName().equals(STRING_TYPE)) {
                    from.nextToken();
                    from.skipChildren();
                } else {
                    to.copyCurrentEvent(from);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot fail", e);
        }
        // This leaves {"type": "string"} where the generator had added its hint. Avro's parser turns it into the plain
        // "string" again.
        return new Schema.Parser().parse(text.toString());
    }
}
