package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.topology.join.JoinSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/**
 * The shape of the topology is a promise to every installation with state: a renamed store or topic loses it. A change shows here
 * as a change of {@code topology.txt}, which is then reviewed and committed with it.
 */
class TopologyDescriptionTest {

    @Test
    void shouldMatchTheRecordedDescription() throws IOException {
        TopologySettings settings = Pipeline.settings(JoinSettings.defaults(), WatermarkSettings.defaults());

        Topology topology = new ReplayLinkTopology(settings, new SimpleMeterRegistry(), Clock.systemUTC()).build();

        String description =
                inFixedOrder(topology.describe()).replace(settings.shuffle().application() + "-", "APPLICATION-");
        assertThat(description).isEqualToNormalizingNewlines(golden());
    }

    /** Streams itself prints nodes and neighbours in an order that may differ from run to run. */
    private static String inFixedOrder(TopologyDescription description) {
        return description.subtopologies().stream()
                .map(TopologyDescriptionTest::text)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String text(TopologyDescription.Subtopology part) {
        return part.nodes().stream()
                .map(node -> Arrays.stream(node.toString().split("\n"))
                        .map(TopologyDescriptionTest::neighboursInOrder)
                        .collect(Collectors.joining("\n", "", "\n")))
                .sorted()
                .collect(Collectors.joining("", "Sub-topology " + part.id() + "\n", ""));
    }

    private static String neighboursInOrder(String line) {
        int arrow = Math.max(line.indexOf("--> "), line.indexOf("<-- "));
        return arrow < 0
                ? line
                : Arrays.stream(line.substring(arrow + 4).split(", "))
                        .sorted()
                        .collect(Collectors.joining(", ", line.substring(0, arrow + 4), ""));
    }

    private static String golden() throws IOException {
        try (InputStream file = TopologyDescriptionTest.class.getResourceAsStream("topology.txt")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
