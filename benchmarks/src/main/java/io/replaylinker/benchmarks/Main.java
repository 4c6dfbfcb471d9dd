package io.replaylinker.benchmarks;

import io.replaylinker.benchmarks.join.JoinCommand;
import io.replaylinker.benchmarks.reprocess.ReprocessRateCommand;
import io.replaylinker.benchmarks.tables.TablesCommand;
import io.replaylinker.benchmarks.tables.TracesCommand;
import io.replaylinker.runtime.cli.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code benchmarks/run} starts: one command a benchmark. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Measures the product. Prints a table in Markdown and, one a line, FIGURE name = value unit.",
        synopsisSubcommandLabel = "BENCHMARK")
final class Main implements Runnable {

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/replaylinker/benchmarks/logback-child.xml");
        }
        CommandLine commands = new CommandLine(new Main());
        commands.addSubcommand(new DecodeCommand())
                .addSubcommand(new RecordsCommand())
                .addSubcommand(new JoinCommand())
                .addSubcommand(new TablesCommand())
                .addSubcommand(new TracesCommand())
                .addSubcommand(new ReprocessRateCommand());
        System.exit(new Program(commands).run(args));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(new CommandLine(this), "Which benchmark?");
    }
}
