package io.replaylinker.worker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.worker.cli.ExitCodes;
import io.replaylinker.worker.cli.Results;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.wiring.SerdesWiring;
import io.replaylinker.worker.wiring.TopologyWiring;
import picocli.CommandLine.Command;

/** Prints the topology. */
@Command(name = "topology", description = "Print the Kafka Streams topology that the settings lead to; needs no Kafka.")
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
