package io.replaylinker.worker.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.replaylinker.sinks.clickhouse.query.Answer;
import io.replaylinker.sinks.clickhouse.query.Cursor;
import io.replaylinker.sinks.clickhouse.query.Freshness;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer as one JSON object, as {@code docs/commands.md} describes it. Fields are never left out: what is not known is null. Ids of
 * events, replays, traces and spans are hex digits, those of organizations, projects and issues numbers, times ISO 8601 in UTC.
 */
final class AnswerJson {

    private final JsonGenerator out;

    private AnswerJson(JsonGenerator out) {
        this.out = out;
    }

    static <T> String document(Question<T> question, Answer<T> answer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            out.writeStartObject();
            AnswerJson json = new AnswerJson(out);
            json.text("question", question.kind());
            json.answer(question, answer);
            json.freshness(answer.freshness());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private <T> void answer(Question<T> question, Answer<T> answer) {
        if (answer instanceof Answer.Found<T> found) {
            text("status", "found");
            object("answer", () -> question.write(found.value(), this));
        } else if (answer instanceof Answer.Ambiguous<T> several) {
            text("status", "ambiguous");
            write(() -> out.writeNullField("answer"));
            write(() -> {
                out.writeArrayFieldStart("candidates");
                for (String candidate : several.candidates()) {
                    out.writeString(candidate);
                }
                out.writeEndArray();
            });
        } else {
            text("status", "unknown");
            write(() -> out.writeNullField("answer"));
        }
    }

    private void freshness(Freshness freshness) {
        object("freshness", () -> {
            time("newest_ingested_at", freshness.newest());
            Duration age = freshness.age();
            number("age_ms", age == null ? null : age.toMillis());
        });
    }

    /** Null for an empty one. */
    void text(String name, @Nullable String value) {
        write(() -> out.writeStringField(name, value == null || value.isEmpty() ? null : value));
    }

    void number(String name, @Nullable Long value) {
        write(() -> {
            if (value == null) {
                out.writeNullField(name);
            } else {
                out.writeNumberField(name, value);
            }
        });
    }

    void decimal(String name, double value) {
        write(() -> out.writeNumberField(name, value));
    }

    /** A number that a long holds as its bits. */
    void id(String name, long value) {
        write(() -> out.writeNumberField(name, new BigInteger(Long.toUnsignedString(value))));
    }

    void flag(String name, boolean value) {
        write(() -> out.writeBooleanField(name, value));
    }

    void time(String name, @Nullable Instant value) {
        text(name, value == null ? null : value.toString());
    }

    void next(@Nullable Cursor next) {
        text("next", next == null ? null : next.token());
    }

    void object(String name, Runnable fields) {
        write(() -> out.writeObjectFieldStart(name));
        fields.run();
        write(out::writeEndObject);
    }

    <T> void array(String name, List<T> values, Consumer<T> fields) {
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
