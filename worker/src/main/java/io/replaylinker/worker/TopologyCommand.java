package io.replaylinker.worker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.worker.cli.CacheFolder;
import io.replaylinker.worker.cli.CheckedOptions;
import io.replaylinker.worker.cli.CommandLogs;
import io.replaylinker.worker.cli.ExitCodes;
import io.replaylinker.worker.cli.Results;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.wiring.SerdesWiring;
import io.replaylinker.worker.wiring.TopologyWiring;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the topology. */
@Command(name = "topology", description = "Print the Kafka Streams topology that the settings lead to; needs no Kafka.")
final class TopologyCommand implements Callable<Integer>, CheckedOptions {

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
        CommandLogs.toFile("topology", CacheFolder.of(System.getenv()));
        Settings settings = config.settingsWithoutKafka(System.getenv());
        String description = new TopologyWiring(settings, SerdesWiring.offline())
                .unbounded(new SimpleMeterRegistry())
                .build()
                .describe()
                .toString();
        Results.of(spec).print(description.stripTrailing());
        return ExitCodes.OK;
    }
}
