package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.answer.CoverageFields;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ScopeOptions;
import io.replaylinker.runtime.answer.SentryLinks;
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

/** A query for the share of backend errors that have a replay. */
record ShareQuestion(CoverageQuestion.@Nullable Step by, ScopeOptions options) implements Question<Coverage> {

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
        return lookup.coverage(new CoverageQuestion(
                options.organization(),
                options.project(),
                since == null ? clock.instant().minus(USUAL) : since,
                by == null ? CoverageQuestion.Step.DAY : by));
    }

    @Override
    public List<String> text(Coverage coverage, SentryLinks sentry) {
        List<Coverage.Count> total = coverage.total();
        long errors = Coverage.errors(total);
        long linked = Coverage.linked(total);
        List<String> lines = new ArrayList<>();
        lines.add("%d of %d backend errors have a replay (%s), received since %s UTC"
                .formatted(linked, errors, Words.share(linked, errors), Words.time(coverage.since())));
        lines.add("%d of those without a replay have neither a replay id nor a flag"
                .formatted(Coverage.unclaimed(total)));
        if (errors > 0) {
            lines.add("");
            TextTable table = new TextTable("  ", "method", "outcome", ">errors", ">share");
            total.forEach(count -> table.row(
                    MethodText.by(count.method()),
                    count.outcome(),
                    Long.toString(count.errors()),
                    Words.share(count.errors(), errors)));
            lines.addAll(table.lines());
        }
        if (by != null && errors > 0) {
            lines.add("");
            TextTable table = new TextTable("  ", "from (UTC)", ">errors", ">with replay", ">share");
            coverage.steps().forEach(step -> row(table, step));
            lines.addAll(table.lines());
        }
        return lines;
    }

    private static void row(TextTable table, Coverage.Step step) {
        long errors = Coverage.errors(step.counts());
        long linked = Coverage.linked(step.counts());
        table.row(
                Words.time(step.start()).substring(0, 16),
                Long.toString(errors),
                Long.toString(linked),
                Words.share(linked, errors));
    }

    @Override
    public void write(Coverage coverage, JsonFields json, SentryLinks sentry) {
        CoverageFields.write(coverage, by != null, json);
    }
}
