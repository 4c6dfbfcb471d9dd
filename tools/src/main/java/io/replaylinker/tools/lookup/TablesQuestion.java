package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.wiring.ClickHouseWiring;

/** Base of the commands that query the tables. */
abstract class TablesQuestion extends ConfiguredCommand {

    abstract boolean json();

    /** The query; called only when there are no mistakes. */
    abstract Question<?> question();

    @Override
    protected final int run(ConfigOption config, Results results) {
        ClickHouse clickHouse = new ClickHouse(ClickHouseWiring.settings(config.settingsWithoutKafka(System.getenv())));
        return new QueryRunner(clickHouse, json(), results, this::printMessage).answer(question());
    }
}
