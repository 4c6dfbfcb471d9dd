package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.answer.PageOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ReplayQuestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The state of a replay, and its events in chronological order. */
@Command(name = "replay", description = "The state of a replay, and its events in chronological order.")
final class ReplayLookup extends TablesQuestion {

    @Parameters(paramLabel = "ID", description = "The replay's id, or its first 8 digits or more.")
    private String id = "";

    @Mixin
    private PageOptions options = new PageOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        problems.addAll(IdArgument.problems("replay", id));
        problems.addAll(options.problems(Cursor.Order.EVENTS));
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        IdPrefix prefix = IdPrefix.parse(id).orElseThrow();
        return new ReplayQuestion(prefix, options);
    }
}
