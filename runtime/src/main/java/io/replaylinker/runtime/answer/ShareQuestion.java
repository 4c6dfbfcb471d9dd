package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.why.MethodText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query for the share of backend errors that have a replay.
 *
 * @param by also by hour or by day; null for the sums alone
 */
public record ShareQuestion(CoverageQuestion.@Nullable Step by, ScopeOptions options) implements Question<Coverage> {

    private static final Duration USUAL = Duration.ofHours(24);

    @Override
    public String kind() {
        return "coverage";
    }

    @Override
    public String subject() {
        return "coverage";
    }

    @Override
    public Answer<Coverage> ask(Lookup lookup, Clock clock) {
        Instant since = options.since(clock);
        CoverageQuestion question = new CoverageQuestion(
                options.organization(),
                options.project(),
                since == null ? clock.instant().minus(USUAL) : since,
                by == null ? CoverageQuestion.Step.DAY : by);
        Answer<Coverage> answer = lookup.coverage(question);
        return answer instanceof Answer.Found<Coverage> found
                        && found.value().steps().isEmpty()
                ? answer.map(coverage -> withEarlier(coverage, lookup.coverageBefore(question)))
                : answer;
    }

    private static Coverage withEarlier(Coverage coverage, Answer<Coverage.Span> earlier) {
        return earlier instanceof Answer.Found<Coverage.Span> found ? coverage.after(found.value()) : coverage;
    }

    @Override
    public List<String> text(Coverage coverage, SentryLinks sentry) {
        List<Coverage.Count> total = coverage.total();
        long errors = Coverage.errors(total);
        long linked = Coverage.linked(total);
        if (errors == 0) {
            return nothing(coverage);
        }
        List<String> lines = new ArrayList<>();
        lines.add("%d of %d backend errors have a replay (%s), received since %s UTC"
                .formatted(linked, errors, Words.share(linked, errors), Words.time(coverage.since())));
        lines.add("%d of those without a replay have neither a replay id nor a flag"
                .formatted(Coverage.unclaimed(total)));
        lines.add("");
        TextTable outcomes = new TextTable("  ", "method", "outcome", ">errors", ">share");
        total.forEach(count -> outcomes.row(
                MethodText.by(count.method()),
                count.outcome(),
                Long.toString(count.errors()),
                Words.share(count.errors(), errors)));
        lines.addAll(outcomes.lines());
        if (by != null) {
            lines.add("");
            TextTable steps = new TextTable("  ", "from (UTC)", ">errors", ">with replay", ">share");
            coverage.steps().forEach(step -> row(steps, step));
            lines.addAll(steps.lines());
        }
        return lines;
    }

    private static List<String> nothing(Coverage coverage) {
        String since = "no backend error was received since " + Words.time(coverage.since()) + " UTC";
        Coverage.Span earlier = coverage.earlier();
        return earlier == null
                ? List.of(since + ", and none before that is in the tables")
                : List.of(
                        since,
                        "the tables have errors received from " + hour(earlier.from()) + " to " + hour(earlier.until())
                                + " UTC; start there with --since " + earlier.from());
    }

    private static String hour(Instant time) {
        return Words.time(time).substring(0, 16);
    }

    private static void row(TextTable table, Coverage.Step step) {
        long errors = Coverage.errors(step.counts());
        long linked = Coverage.linked(step.counts());
        table.row(hour(step.start()), Long.toString(errors), Long.toString(linked), Words.share(linked, errors));
    }

    @Override
    public void write(Coverage coverage, JsonFields json, SentryLinks sentry) {
        CoverageFields.write(coverage, by != null, json);
    }
}
