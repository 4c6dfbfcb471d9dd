package io.replaylinker.tools.lookup;

import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.Results;

/** Base of the commands that query the tables. */
abstract class TablesQuestion extends ConfiguredCommand {

    abstract boolean json();

    /** The query; called only when there are no mistakes. */
    abstract Question<?> question();

    @Override
    protected final int run(ConfigOption config, Results results) {
        return new QueryRunner(config.settingsWithoutKafka(System.getenv()), json(), results, this::printMessage)
                .answer(question());
    }
}
