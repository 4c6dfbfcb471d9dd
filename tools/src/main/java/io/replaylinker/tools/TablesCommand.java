package io.replaylinker.tools;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints or applies the DDL. */
@Command(name = "tables", description = "Print the ClickHouse tables, or create and migrate them.")
final class TablesCommand extends ConfiguredCommand {

    @ArgGroup(multiplicity = "1")
    private Action action = new Action();

    @Override
    protected int run(ConfigOption config, Results results) {
        Settings settings = config.settingsWithoutKafka(System.getenv());
        Migrations migrations = new Migrations(
                new ClickHouse(ClickHouseWiring.settings(settings)), ClickHouseWiring.sentryPages(settings));
        try {
            if (action.print) {
                results.print(migrations.print().stripTrailing());
            } else {
                migrations.apply(results::print);
            }
        } catch (StorageException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
        return ExitCodes.OK;
    }

    static final class Action {

        @Option(names = "--print", required = true, description = "Print the SQL, to apply it with other tools.")
        private boolean print;

        @Option(
                names = "--apply",
                required = true,
                description = "Create the database and the tables that are missing.")
        @SuppressWarnings("UnusedVariable") // the other one decides
        private boolean apply;
    }
}
