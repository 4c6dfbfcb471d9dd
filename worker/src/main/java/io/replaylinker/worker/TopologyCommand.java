package io.replaylinker.worker;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the topology. */
@Command(name = "topology", description = "Print the Kafka Streams topology that the settings lead to; needs no Kafka.")
final class TopologyCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return 0;
    }
}
