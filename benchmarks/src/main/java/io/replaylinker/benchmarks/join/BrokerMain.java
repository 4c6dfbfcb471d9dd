package io.replaylinker.benchmarks.join;

import io.replaylinker.embedded.EmbeddedKafka;
import java.io.IOException;
import java.util.Map;

/** A Kafka broker in a process of its own, which ends when its stdin does. */
public final class BrokerMain {

    /** The line on stdout that says where it listens begins so. */
    static final String READY = "bootstrap.servers=";

    private BrokerMain() {}

    /** Runs until the end of stdin; keeps what is on the topics, however old its timestamps are. */
    public static void main(String[] args) throws IOException {
        try (EmbeddedKafka broker = EmbeddedKafka.start(Map.of("log.retention.ms", "-1"))) {
            System.out.println(READY + broker.bootstrapServers());
            System.out.flush();
            while (System.in.read() >= 0) {
                // What the parent writes has no meaning; only the end counts.
            }
        }
        System.exit(0);
    }
}
