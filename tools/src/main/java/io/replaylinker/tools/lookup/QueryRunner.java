package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.answer.AnswerJson;
import io.replaylinker.runtime.answer.AnswerText;
import io.replaylinker.runtime.answer.NotFound;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs a query of the tables and prints the answer: results to standard output, all else to standard error. */
final class QueryRunner {

    private final ClickHouse clickHouse;
    private final boolean json;
    private final Results results;
    private final Consumer<String> messages;
    private final SentryLinks sentry;

    /** @param messages receives the lines for standard error */
    QueryRunner(ClickHouse clickHouse, SentryLinks sentry, boolean json, Results results, Consumer<String> messages) {
        this.clickHouse = clickHouse;
        this.json = json;
        this.results = results;
        this.messages = messages;
        this.sentry = sentry;
    }

    /** One of {@link ExitCodes}. */
    <T> int answer(Question<T> question) {
        Clock clock = Clock.systemUTC();
        Asked<T> asked = ask(question, clock);
        Answer<T> answer = asked.answer();
        if (json) {
            results.print(AnswerJson.document(question, answer, asked.notFound(), sentry));
        }
        if (answer instanceof Answer.Found<T> found) {
            if (!json) {
                found(question, found);
            }
            return ExitCodes.OK;
        }
        if (answer instanceof Answer.Ambiguous<T> several) {
            return several(question, several);
        }
        String more = asked.notFound().reason();
        messages.accept(question.subject() + ": not found" + (more.isEmpty() ? "" : "; " + more) + " ("
                + AnswerText.freshness(answer.freshness()) + ")");
        if (!json && !asked.notFound().lines().isEmpty()) {
            results.print(String.join(System.lineSeparator(), asked.notFound().lines()));
        }
        return ExitCodes.UNKNOWN;
    }

    private record Asked<T>(Answer<T> answer, NotFound notFound) {}

    private <T> Asked<T> ask(Question<T> question, Clock clock) {
        try (Lookup lookup = new Lookup(clickHouse, clock)) {
            Answer<T> answer = question.ask(lookup, clock);
            return new Asked<>(
                    answer, answer instanceof Answer.Unknown ? question.unknown(lookup, clock) : NotFound.NOTHING);
        } catch (StorageException e) {
            String remedy = e.errorClass() == ErrorClass.RETRYABLE
                    ? "; is the server up, and is clickhouse.url the address of its HTTP interface?"
                    : "";
            throw new CommandFailedException(e.getMessage() + remedy, e);
        }
    }

    private <T> void found(Question<T> question, Answer.Found<T> found) {
        List<String> lines = new ArrayList<>(question.text(found.value(), sentry));
        lines.add("");
        lines.add(AnswerText.freshness(found.freshness()));
        results.print(String.join(System.lineSeparator(), lines));
    }

    private <T> int several(Question<T> question, Answer.Ambiguous<T> several) {
        boolean more = several.candidates().size() == Answer.Ambiguous.MOST;
        messages.accept(question.subject() + ": " + (more ? "at least " : "")
                + several.candidates().size() + " ids have this prefix; give more digits");
        if (!json) {
            results.print(String.join(System.lineSeparator(), several.candidates()));
        }
        return ExitCodes.AMBIGUOUS;
    }
}
