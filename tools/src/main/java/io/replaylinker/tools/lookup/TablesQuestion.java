package io.replaylinker.tools.lookup;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.ClickHouseWiring;

/** Base of the commands that query the tables. */
abstract class TablesQuestion extends ConfiguredCommand {

    abstract boolean json();

    /** The query; called only when there are no mistakes. */
    abstract Question<?> question();

    @Override
    protected final int run(ConfigOption config, Results results) {
        Settings settings = config.settingsWithoutKafka(System.getenv());
        ClickHouse clickHouse = new ClickHouse(ClickHouseWiring.settings(settings));
        SentryLinks sentry = new SentryLinks(ClickHouseWiring.sentryPages(settings));
        return new QueryRunner(clickHouse, sentry, json(), results, this::printMessage).answer(question());
    }
}
