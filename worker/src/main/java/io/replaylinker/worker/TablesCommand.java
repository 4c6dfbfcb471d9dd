package io.replaylinker.worker;

import io.replaylinker.sinks.SinkException;
import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.Migrations;
import io.replaylinker.worker.cli.CacheFolder;
import io.replaylinker.worker.cli.CheckedOptions;
import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.cli.CommandLogs;
import io.replaylinker.worker.cli.ExitCodes;
import io.replaylinker.worker.cli.Results;
import io.replaylinker.worker.wiring.ClickHouseWiring;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints or applies the DDL. */
@Command(name = "tables", description = "Print the ClickHouse tables, or create and migrate them.")
final class TablesCommand implements Callable<Integer>, CheckedOptions {

    @ArgGroup(multiplicity = "1")
    private Action action = new Action();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public List<String> problems() {
        return config.problems();
    }

    @Override
    public Integer call() {
        CommandLogs.toFile("tables", CacheFolder.of(System.getenv()));
        Migrations migrations =
                new Migrations(new ClickHouse(ClickHouseWiring.settings(config.settingsWithoutKafka(System.getenv()))));
        Results results = Results.of(spec);
        try {
            if (action.print) {
                results.print(migrations.print().stripTrailing());
            } else {
                migrations.apply(results::print);
            }
        } catch (SinkException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
        return ExitCodes.OK;
    }

    static final class Action {

        @Option(
                names = "--print",
                required = true,
                description = "Print the SQL, for those who apply it by other means.")
        private boolean print;

        @Option(
                names = "--apply",
                required = true,
                description = "Create the database and the tables, as far as they are missing.")
        @SuppressWarnings("UnusedVariable") // the other one decides
        private boolean apply;
    }
}
