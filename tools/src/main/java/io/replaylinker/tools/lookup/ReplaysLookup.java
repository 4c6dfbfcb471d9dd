package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.ReplayCriteria;
import io.replaylinker.runtime.answer.PageOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ReplaysQuestion;
import io.replaylinker.runtime.cli.Since;
import io.replaylinker.runtime.cli.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays by length and backend errors, newest first. */
@Command(name = "replays", description = "Replays by length and backend errors, newest first.")
final class ReplaysLookup extends TablesQuestion {

    @Option(
            names = "--min-duration",
            paramLabel = "TIME",
            description = "Only replays of at least this length, such as 60s, 5m or 1h.")
    private @Nullable String minDuration;

    @Option(names = "--with-backend-error", description = "Only replays with a backend error.")
    private boolean withBackendError;

    @Mixin
    private PageOptions options = new PageOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        if (minDuration != null && Since.length(minDuration).isEmpty()) {
            problems.add(
                    "--min-duration " + Words.cut(minDuration, 80) + ": must be a duration, such as 60s, 5m or 1h");
        }
        problems.addAll(options.problems(Cursor.Order.REPLAYS));
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        Duration length =
                minDuration == null ? Duration.ZERO : Since.length(minDuration).orElseThrow();
        ReplayCriteria criteria = new ReplayCriteria(length, withBackendError);
        return new ReplaysQuestion(
                "replays", "matching replays", options, (lookup, filter) -> lookup.replays(criteria, filter));
    }
}
