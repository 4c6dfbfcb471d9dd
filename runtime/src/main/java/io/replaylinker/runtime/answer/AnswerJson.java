package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Freshness;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Duration;

/** An answer as one JSON object, as {@code docs/commands.md} describes it. */
public final class AnswerJson {

    private AnswerJson() {}

    /**
     * The whole document.
     *
     * @param notFound adds its fields; {@link NotFound#NOTHING} for what was found
     */
    public static <T> String document(Question<T> question, Answer<T> answer, NotFound notFound, SentryLinks sentry) {
        return JsonFields.document(json -> {
            fields(question, answer, json, sentry);
            notFound.fields().accept(json);
        });
    }

    /** The same as fields of an object that the caller has begun. */
    static <T> void fields(Question<T> question, Answer<T> answer, JsonFields json, SentryLinks sentry) {
        json.text("question", question.kind());
        if (answer instanceof Answer.Found<T> found) {
            json.text("status", "found");
            json.object("answer", () -> question.write(found.value(), json, sentry));
        } else if (answer instanceof Answer.Ambiguous<T> several) {
            json.text("status", "ambiguous");
            json.nothing("answer");
            json.texts("candidates", several.candidates());
        } else {
            json.text("status", "unknown");
            json.nothing("answer");
        }
        freshness(answer.freshness(), json);
    }

    private static void freshness(Freshness freshness, JsonFields json) {
        json.object("freshness", () -> {
            json.time("newest_ingested_at", freshness.newest());
            Duration age = freshness.age();
            json.number("age_ms", age == null ? null : age.toMillis());
        });
    }
}
