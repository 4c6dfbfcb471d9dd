package io.replaylinker.worker.lookup;

import io.replaylinker.sinks.clickhouse.query.Cursor;
import io.replaylinker.worker.ConfigOption;
import io.replaylinker.worker.cli.CheckedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The replays that show an issue, the newest first. */
@Command(name = "issue", description = "The replays that show an issue, the newest first.")
final class IssueLookup implements Callable<Integer>, CheckedOptions {

    @Parameters(paramLabel = "ID", description = "The number of the issue (group id).")
    private String id = "";

    @Mixin
    private PageOptions options = new PageOptions();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(config.problems());
        ScopeOptions.checkNumber("issue", id, problems);
        problems.addAll(options.problems(Cursor.Order.REPLAYS));
        return problems;
    }

    @Override
    public Integer call() {
        long issue = Long.parseUnsignedLong(id.strip());
        return new Desk(spec, config, options.json())
                .answer(new ReplaysQuestion(
                        "issue", "issue " + Words.id(issue), options, (lookup, filter) -> lookup.issue(issue, filter)));
    }
}
