package io.replaylinker.tools.lookup;

import io.replaylinker.runtime.answer.OrganizationOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ScopeOptions;
import io.replaylinker.runtime.answer.ServicesQuestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which projects call which around an issue. */
@Command(
        name = "services",
        description = "Which projects call which around an issue, from the traces of its latest errors.")
public final class ServicesCommand extends TablesQuestion {

    @Parameters(paramLabel = "ISSUE", description = "The number of the issue (group id).")
    private String issue = "";

    @Mixin
    private OrganizationOptions options = new OrganizationOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        ScopeOptions.checkNumber("issue", issue, problems);
        problems.addAll(options.problems());
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        return new ServicesQuestion(Long.parseUnsignedLong(issue.strip()), options);
    }
}
