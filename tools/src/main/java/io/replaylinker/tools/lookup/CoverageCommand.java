package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ScopeOptions;
import io.replaylinker.runtime.answer.ShareQuestion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What share of backend errors has a replay. */
@Command(
        name = "coverage",
        description = "The share of backend errors that have a replay, and the reasons of the others.")
public final class CoverageCommand extends TablesQuestion {

    @Option(names = "--by", paramLabel = "hour|day", description = "Also by hour or by day, in UTC.")
    private CoverageQuestion.@Nullable Step by;

    @Mixin
    private ScopeOptions options = new ScopeOptions();

    @Override
    protected List<String> ownProblems() {
        return options.problems();
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        return new ShareQuestion(by, options);
    }
}
