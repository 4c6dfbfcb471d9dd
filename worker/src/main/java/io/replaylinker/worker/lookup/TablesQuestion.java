package io.replaylinker.worker.lookup;

import io.replaylinker.worker.ConfigOption;
import io.replaylinker.worker.cli.CheckedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the tables one question: what all of them have in common. */
abstract class TablesQuestion implements Callable<Integer>, CheckedOptions {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    /** What is wrong with the command's own options and parameters, each a line. */
    abstract List<String> ownProblems();

    abstract boolean json();

    /** Asked only when there are no problems. */
    abstract Question<?> question();

    @Override
    public final List<String> problems() {
        List<String> problems = new ArrayList<>(config.problems());
        problems.addAll(ownProblems());
        return problems;
    }

    @Override
    public final Integer call() {
        return new Desk(spec, config, json()).answer(question());
    }
}
