package io.replaylinker.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.benchmarks.workload.Shape;
import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.benchmarks.workload.Workload;
import io.replaylinker.benchmarks.workload.WorkloadRecords;
import io.replaylinker.runtime.wiring.DecodedValues;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.topology.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DslJoinTest {

    private static final Workload WORKLOAD = Workload.ofEvents(1, Shape.EVEN, 500);

    private final ValueSerdes serdes = SourceSchemas.serdes();
    private final LongAdder pairs = new LongAdder();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldLinkEachEventOnceThoughTheJoinEmitsMany() {
        List<Link> links;
        try (TopologyTestDriver driver = new TopologyTestDriver(join().build(), properties())) {
            TestInputTopic<byte[], BackendEvent> events =
                    driver.createInputTopic("events", new ByteArraySerializer(), serdes.serializer(BackendEvent.class));
            TestInputTopic<byte[], ReplaySegment> replays = driver.createInputTopic(
                    "replays", new ByteArraySerializer(), serdes.serializer(ReplaySegment.class));
            TestOutputTopic<byte[], Link> out = driver.createOutputTopic(
                    "links", new ByteArrayDeserializer(), new DecodedValues<>(serdes.decoder(Link.class)));
            WorkloadRecords records = new WorkloadRecords(WORKLOAD);

            WORKLOAD.segmentOccurrences()
                    .map(records::segment)
                    .forEach(segment -> replays.pipeInput(new byte[0], segment, segment.getReceivedMs()));
            WORKLOAD.occurrences()
                    .map(records::event)
                    .forEach(event -> events.pipeInput(new byte[0], event, event.getReceivedMs()));
            links = out.readValuesToList();
        }

        assertThat(links).hasSize((int) WORKLOAD.expectedLinks());
        assertThat(links).extracting(link -> link.getEvent().getEventId()).doesNotHaveDuplicates();
        // Ten segments for each of the 150 events with an id, one witness for each of the 100 with a trace.
        assertThat(pairs.sum()).isEqualTo(150 * 10 + 100);
    }

    private DslJoin join() {
        Serde<Link> links =
                Serdes.serdeFrom(serdes.serializer(Link.class), new DecodedValues<>(serdes.decoder(Link.class)));
        return new DslJoin(
                List.of(new Source<>("events", () -> serdes.decoder(BackendEvent.class))),
                new Source<>("replays", () -> serdes.decoder(ReplaySegment.class)),
                Duration.ofMinutes(15),
                Duration.ofMinutes(90),
                2,
                links,
                "links",
                pairs);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "dsl");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return properties;
    }
}
