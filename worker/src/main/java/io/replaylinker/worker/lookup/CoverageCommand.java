package io.replaylinker.worker.lookup;

import io.replaylinker.sinks.clickhouse.query.CoverageQuestion;
import io.replaylinker.worker.ConfigOption;
import io.replaylinker.worker.cli.CheckedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What share of backend errors has a replay. */
@Command(name = "coverage", description = "What share of backend errors has a replay, and why the others have none.")
public final class CoverageCommand implements Callable<Integer>, CheckedOptions {

    @Option(names = "--by", paramLabel = "hour|day", description = "Also divided by the hour or by the day, in UTC.")
    private CoverageQuestion.@Nullable Step by;

    @Mixin
    private ScopeOptions options = new ScopeOptions();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(config.problems());
        problems.addAll(options.problems());
        return problems;
    }

    @Override
    public Integer call() {
        return new Desk(spec, config, options.json()).answer(new ShareQuestion(by, options));
    }
}
