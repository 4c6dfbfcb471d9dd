package io.replaylinker.worker.lookup;

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

/** Say why an event has a replay or none, from the tables. */
@Command(name = "why", description = "Say why an event has a replay or none, from the tables.")
public final class WhyCommand implements Callable<Integer>, CheckedOptions {

    @Parameters(paramLabel = "ID", description = "The event's id, or its first 8 digits or more.")
    private String id = "";

    @Mixin
    private ScopeOptions options = new ScopeOptions();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(config.problems());
        problems.addAll(Asked.problems("event", id));
        problems.addAll(options.problems());
        return problems;
    }

    @Override
    public Integer call() {
        IdPrefix asked = IdPrefix.parse(id).orElseThrow();
        return new Desk(spec, config, options.json()).answer(new WhyQuestion(asked, options));
    }
}
