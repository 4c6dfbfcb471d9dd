package io.replaylinker.runtime.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;

/** A JSON document in memory, indented for reading. */
public final class JsonText {

    private JsonText() {}

    /** Writes the whole document. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator out) throws IOException;
    }

    public static String of(Content content) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            content.write(out);
        }
        return text.toString();
    }
}
