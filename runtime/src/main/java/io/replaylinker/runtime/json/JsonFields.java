package io.replaylinker.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, in the order in which they are written. Fields are never left out: what is not known is null. Ids of
 * organizations, projects and issues are numbers, times ISO 8601 in UTC.
 */
public final class JsonFields {

    private final JsonGenerator out;

    private JsonFields(JsonGenerator out) {
        this.out = out;
    }

    /** One object, in lines that people can read. */
    public static String document(Consumer<JsonFields> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            out.writeStartObject();
            fields.accept(new JsonFields(out));
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Null for an empty one. */
    public void text(String name, @Nullable String value) {
        write(() -> out.writeStringField(name, value == null || value.isEmpty() ? null : value));
    }

    public void texts(String name, List<String> values) {
        write(() -> {
            out.writeArrayFieldStart(name);
            for (String value : values) {
                out.writeString(value);
            }
            out.writeEndArray();
        });
    }

    public void number(String name, @Nullable Long value) {
        write(() -> {
            if (value == null) {
                nothing(name);
            } else {
                out.writeNumberField(name, value);
            }
        });
    }

    public void numbers(String name, long... values) {
        write(() -> {
            out.writeFieldName(name);
            out.writeArray(values, 0, values.length);
        });
    }

    public void decimal(String name, double value) {
        write(() -> out.writeNumberField(name, value));
    }

    /** A number that a long holds as its bits. */
    public void id(String name, long value) {
        write(() -> out.writeNumberField(name, new BigInteger(Long.toUnsignedString(value))));
    }

    public void flag(String name, boolean value) {
        write(() -> out.writeBooleanField(name, value));
    }

    public void time(String name, @Nullable Instant value) {
        text(name, value == null ? null : value.toString());
    }

    public void nothing(String name) {
        write(() -> out.writeNullField(name));
    }

    public void object(String name, Runnable fields) {
        write(() -> out.writeObjectFieldStart(name));
        fields.run();
        write(out::writeEndObject);
    }

    /** An array of objects. */
    public <T> void array(String name, List<T> values, Consumer<T> fields) {
        write(() -> out.writeArrayFieldStart(name));
        for (T value : values) {
            write(out::writeStartObject);
            fields.accept(value);
            write(out::writeEndObject);
        }
        write(out::writeEndArray);
    }

    /** The text that is written to is in memory. */
    private static void write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
