package io.replaylinker.tools;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.runtime.cli.ConfigOption;
import io.replaylinker.runtime.cli.ConfiguredCommand;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Results;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.runtime.wiring.TopologyWiring;
import picocli.CommandLine.Command;

/** Prints the topology. */
@Command(name = "topology", description = "Print the Kafka Streams topology of these settings; needs no Kafka.")
final class TopologyCommand extends ConfiguredCommand {

    @Override
    protected int run(ConfigOption config, Results results) {
        Settings settings = config.settingsWithoutKafka(System.getenv());
        String description = new TopologyWiring(settings, SerdesWiring.offline())
                .unbounded(new SimpleMeterRegistry())
                .build()
                .describe()
                .toString();
        results.print(description.stripTrailing());
        return ExitCodes.OK;
    }
}
