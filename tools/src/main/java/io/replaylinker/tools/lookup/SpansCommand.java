package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.answer.OrganizationOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.SpansQuestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The spans inside a transaction or segment, and their time by operation. */
@Command(name = "spans", description = "The spans inside a transaction or segment, and their time by operation.")
public final class SpansCommand extends TablesQuestion {

    @Parameters(paramLabel = "ID", description = "The event id or span id of the call, or its first 8 digits or more.")
    private String id = "";

    @Mixin
    private OrganizationOptions options = new OrganizationOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        problems.addAll(IdArgument.problems("call", id));
        problems.addAll(options.problems());
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        return new SpansQuestion(IdPrefix.parse(id).orElseThrow(), options);
    }
}
