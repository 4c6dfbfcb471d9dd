package io.replaylinker.tools.lookup;

import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.Results;

/** A command that asks the tables one question: what all of them have in common. */
abstract class TablesQuestion extends ConfiguredCommand {

    abstract boolean json();

    /** Asked only when there are no problems. */
    abstract Question<?> question();

    @Override
    protected final int run(ConfigOption config, Results results) {
        return new QueryRunner(config.settingsWithoutKafka(System.getenv()), json(), results, this::printMessage)
                .answer(question());
    }
}
