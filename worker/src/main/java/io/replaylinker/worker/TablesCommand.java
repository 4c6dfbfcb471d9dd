package io.replaylinker.worker;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints or applies the DDL. */
@Command(name = "tables", description = "Print the ClickHouse tables, or create and migrate them.")
final class TablesCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return 0;
    }
}
