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

/** The replays that show a transaction or route, the newest first. */
@Command(name = "transaction", description = "The replays that show a transaction or route, the newest first.")
final class TransactionLookup implements Callable<Integer>, CheckedOptions {

    @Parameters(paramLabel = "NAME", description = "The whole name, as \"GET /api/cart\".")
    private String name = "";

    @Mixin
    private PageOptions options = new PageOptions();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(config.problems());
        problems.addAll(options.problems(Cursor.Order.REPLAYS));
        return problems;
    }

    @Override
    public Integer call() {
        return new Desk(spec, config, options.json())
                .answer(new ReplaysQuestion(
                        "transaction",
                        "transaction " + Words.cut(name, 80),
                        options,
                        (lookup, filter) -> lookup.transaction(name, filter)));
    }
}
