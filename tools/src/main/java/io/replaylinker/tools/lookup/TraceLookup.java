package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.answer.PageOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.TraceQuestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The replays of a trace with its events in them, newest first. */
@Command(name = "trace", description = "The replays of a trace with its events in them, newest first.")
final class TraceLookup extends TablesQuestion {

    @Parameters(paramLabel = "ID", description = "The trace's id, or its first 8 digits or more.")
    private String id = "";

    @Mixin
    private PageOptions options = new PageOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        problems.addAll(IdArgument.problems("trace", id));
        problems.addAll(options.problems(Cursor.Order.REPLAYS));
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        IdPrefix prefix = IdPrefix.parse(id).orElseThrow();
        return new TraceQuestion(prefix, options);
    }
}
