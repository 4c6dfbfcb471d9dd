package io.replaylinker.topology.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.Samples;
import io.replaylinker.topology.WatermarkSettings;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.Oracle;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker that begins with hours of backlog, many times what it remembers. Events are large and replays small, so that a fetch brings
 * one of the former and a hundred of the latter; still the replay side may not run ahead and forget replays before their
 * events are read.
 */
class BacklogIT {

    private static final int SECONDS_BETWEEN = 20;
    private static final int PAIRS = 800;
    private static final int LOST_EVERY = 100;
    private static final int FETCH_BYTES = 16 << 10;
    private static EmbeddedKafka kafka = EmbeddedKafka.start(Installation.QUICK_BROKER);

    private final Installation installation =
            new Installation(kafka.bootstrapServers(), "backlog", StreamsConfig.AT_LEAST_ONCE, 2);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void shouldLinkTheOldestEventAsTheNewest() {
        // Given
        List<Object> backlog = backlog();
        Oracle oracle = new Oracle(backlog);
        Map<String, String> links = oracle.links();
        Map<String, UnlinkedReason> lost = oracle.unlinked();
        assertThat(lost).hasSizeGreaterThan(5);
        installation.createTopics(kafka, 1, 1);
        try (Feed feed = new Feed(installation, 1, new Random(1))) {
            backlog.forEach(feed::send);
        }

        // When
        WatermarkSettings neverIdle = new WatermarkSettings(Duration.ofHours(1), Duration.ZERO, Duration.ofMillis(200));
        Properties streams = installation.streams(folder, 1);
        streams.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES);
        try (JoinWorker worker = JoinWorker.of(
                                installation, JoinSettings.defaults(), neverIdle, Clock.systemUTC(), streams)
                        .start();
                Progress progress = new Progress(installation)) {
            Await.until("all is read", () -> worker.isRunning() && progress.areSourcesRead());
            Await.until(
                    () -> "the lost ones are published: "
                            + Outputs.all(installation).unlinked(),
                    () -> Outputs.all(installation).unlinked().size() >= lost.size());
        }

        // Then
        assertThat(Outputs.all(installation).unlinked()).isEqualTo(lost);
        assertThat(Outputs.all(installation).held()).isEqualTo(links);
    }

    /** In the order of time: a replay's segment, and three seconds later its event; now and then a replay never comes. */
    private static List<Object> backlog() {
        List<Object> backlog = new ArrayList<>();
        for (int number = 1; number <= PAIRS; number++) {
            double at = number * SECONDS_BETWEEN;
            int replay = 100_000 + number;
            int trace = 200_000 + number;
            boolean isLost = number % LOST_EVERY == 0 && number <= PAIRS - LOST_EVERY;
            if (!isLost) {
                backlog.add(Samples.segment(replay, 0, at - 5, at, trace));
            }
            backlog.add(large(
                    switch (isLost ? 0 : number % 3) {
                        case 0 -> Samples.named(Samples.error(number, at + 3), replay);
                        case 1 -> Samples.flagged(Samples.error(number, at + 3, trace));
                        default -> Samples.error(number, at + 3, trace);
                    }));
        }
        return backlog;
    }

    /** In what is read and not shuffled. */
    private static BackendEvent large(BackendEvent event) {
        event.setBaggage("padding=" + "x".repeat(FETCH_BYTES));
        return event;
    }
}
