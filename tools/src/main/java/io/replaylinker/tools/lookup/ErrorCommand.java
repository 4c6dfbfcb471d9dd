package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.answer.ErrorQuestion;
import io.replaylinker.runtime.answer.OrganizationOptions;
import io.replaylinker.runtime.answer.Question;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What an error is: class, message, stack, issue, and the replay that shows it. */
@Command(name = "error", description = "What an error is: class, message, stack, issue, and the replay that shows it.")
public final class ErrorCommand extends TablesQuestion {

    @Parameters(paramLabel = "ID", description = "The id of the error, or its first 8 digits or more.")
    private String id = "";

    @Mixin
    private OrganizationOptions options = new OrganizationOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        problems.addAll(IdArgument.problems("event", id));
        problems.addAll(options.problems());
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        return new ErrorQuestion(IdPrefix.parse(id).orElseThrow(), options);
    }
}
