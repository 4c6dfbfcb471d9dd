package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.TraceTreeQuestion;
import io.replaylinker.runtime.answer.TreeOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A whole trace as a tree: the replay, the calls and the errors in them. */
@Command(name = "trace", description = "A whole trace as a tree: the replay, the calls and the errors in them.")
public final class TraceCommand extends TablesQuestion {

    @Parameters(
            paramLabel = "ID",
            description = "The id of a trace, or of an event, span or replay in it; the first 8 digits or more.")
    private String id = "";

    @Mixin
    private TreeOptions options = new TreeOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        problems.addAll(IdArgument.problems("trace", id));
        problems.addAll(options.problems());
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        return new TraceTreeQuestion(IdPrefix.parse(id).orElseThrow(), options);
    }
}
