package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.runtime.answer.IssueQuestion;
import io.replaylinker.runtime.answer.PageOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ScopeOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The replays of an issue, newest first. */
@Command(name = "issue", description = "The replays of an issue, newest first.")
final class IssueLookup extends TablesQuestion {

    @Parameters(paramLabel = "ID", description = "The number of the issue (group id).")
    private String id = "";

    @Mixin
    private PageOptions options = new PageOptions();

    @Override
    protected List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        ScopeOptions.checkNumber("issue", id, problems);
        problems.addAll(options.problems(Cursor.Order.REPLAYS));
        return problems;
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        return new IssueQuestion(Long.parseUnsignedLong(id.strip()), options);
    }
}
