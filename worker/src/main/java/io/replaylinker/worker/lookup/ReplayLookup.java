package io.replaylinker.worker.lookup;

import io.replaylinker.sinks.clickhouse.query.Cursor;
import io.replaylinker.sinks.clickhouse.query.IdPrefix;
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

/** A replay's life, and its events in the order of time. */
@Command(name = "replay", description = "A replay's life, and its events in the order of time.")
final class ReplayLookup implements Callable<Integer>, CheckedOptions {

    @Parameters(paramLabel = "ID", description = "The replay's id, or its first 8 digits or more.")
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
        problems.addAll(Asked.problems("replay", id));
        problems.addAll(options.problems(Cursor.Order.EVENTS));
        return problems;
    }

    @Override
    public Integer call() {
        IdPrefix asked = IdPrefix.parse(id).orElseThrow();
        return new Desk(spec, config, options.json()).answer(new ReplayQuestion(asked, options));
    }
}
