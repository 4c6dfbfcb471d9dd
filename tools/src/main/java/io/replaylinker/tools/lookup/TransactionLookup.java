package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.runtime.answer.PageOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ReplaysQuestion;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The replays of a transaction or route, newest first. */
@Command(name = "transaction", description = "The replays of a transaction or route, newest first.")
final class TransactionLookup extends TablesQuestion {

    @Parameters(paramLabel = "NAME", description = "The full name, such as \"GET /api/cart\".")
    private String name = "";

    @Mixin
    private PageOptions options = new PageOptions();

    @Override
    protected List<String> ownProblems() {
        return options.problems(Cursor.Order.REPLAYS);
    }

    @Override
    boolean json() {
        return options.json();
    }

    @Override
    Question<?> question() {
        return ReplaysQuestion.transaction(name, options);
    }
}
