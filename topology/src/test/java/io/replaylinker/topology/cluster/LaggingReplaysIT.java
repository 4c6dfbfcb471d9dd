package io.replaylinker.topology.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.topology.Samples;
import io.replaylinker.topology.WatermarkSettings;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.SharedTrace;
import io.replaylinker.topology.join.Tenancy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays that come later than the events may wait, because whoever writes them stands still: time stands still with them. */
class LaggingReplaysIT {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int EVENTS = 50;
    private static final int LOST = 0xdead;
    private static final int QUORUM_SEGMENTS = 16;
    private static EmbeddedKafka kafka = EmbeddedKafka.start(Installation.QUICK_BROKER);

    private final List<JoinWorker> workers = new ArrayList<>();
    private final Installation installation =
            new Installation(kafka.bootstrapServers(), "lag", StreamsConfig.AT_LEAST_ONCE, 2);
    private final Feed feed = new Feed(installation, 1, new Random(1));

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void startWorkers() {
        installation.createTopics(kafka, 1, 1);
        JoinSettings join = new JoinSettings(
                WAIT,
                Duration.ofMinutes(90),
                true,
                Duration.ofMinutes(1),
                SharedTrace.NONE,
                64,
                2_000,
                Tenancy.LEARN,
                ClaimSettings.defaults());
        WatermarkSettings neverIdle = new WatermarkSettings(Duration.ofHours(1), Duration.ZERO, Duration.ofMillis(200));
        for (String name : List.of("first", "second")) {
            workers.add(JoinWorker.of(installation, folder.resolve(name), 1, join, neverIdle, Clock.systemUTC())
                    .start());
        }
        Await.until("both workers run", () -> workers.stream().allMatch(JoinWorker::isRunning));
    }

    @AfterEach
    void stop() {
        feed.close();
        workers.forEach(JoinWorker::close);
    }

    @Test
    void shouldLinkEventsWhoseReplaysComeLongAfterTheWait() {
        // Given: the replay side lives, and stands still from now on
        long startMs = System.currentTimeMillis();
        sendUnrelated(startMs);
        for (int number = 1; number <= EVENTS; number++) {
            feed.send(number % 2 == 0 ? byTrace(number, startMs) : byId(number, startMs));
        }
        feed.send(lost(startMs));
        feed.flush();
        try (Progress progress = new Progress(installation)) {
            Await.until("all is read", progress::areSourcesRead);
        }
        long readMs = System.currentTimeMillis();
        Await.until(
                "three waits are over by the wall clock",
                () -> System.currentTimeMillis() - readMs > 3 * WAIT.toMillis());
        assertThat(Outputs.all(installation).unlinked())
                .as("nothing is unlinked")
                .isEmpty();
        assertThat(Outputs.all(installation).held()).as("nothing is linked yet").isEmpty();

        // When: it goes on where it stood
        for (int number = 1; number <= EVENTS; number++) {
            feed.send(segment(number, startMs + 100));
        }
        sendUnrelated(startMs + 10 * WAIT.toMillis());
        feed.flush();

        // Then: all are linked, and only now the one whose replay is not there has waited long enough
        Await.until(
                () -> "the lost one is unlinked: " + Outputs.all(installation).unlinked(),
                () -> !Outputs.all(installation).unlinked().isEmpty());
        assertThat(Outputs.all(installation).unlinked().keySet())
                .singleElement()
                .asString()
                .endsWith(Samples.id(LOST));
        assertThat(Outputs.all(installation).held()).hasSize(EVENTS);
    }

    /** Segments of other replays, as many as it takes to tell how far the stream is. */
    private void sendUnrelated(long atMs) {
        for (int number = 0; number < QUORUM_SEGMENTS; number++) {
            feed.send(segment(10_000 + number, atMs));
        }
    }

    private static BackendEvent byId(int number, long atMs) {
        return at(Samples.named(Samples.error(number, 0), 1_000 + number), atMs);
    }

    private static BackendEvent byTrace(int number, long atMs) {
        return at(Samples.flagged(Samples.error(number, 0, 5_000 + number)), atMs);
    }

    private static BackendEvent lost(long atMs) {
        return at(Samples.named(Samples.error(LOST, 0), LOST), atMs);
    }

    private static BackendEvent at(BackendEvent event, long atMs) {
        event.setReceivedMs(atMs);
        event.setTimestampMs(atMs);
        return event;
    }

    private static ReplaySegment segment(int number, long atMs) {
        ReplaySegment segment = Samples.segment(1_000 + number, 0, 0, 0, 5_000 + number);
        segment.setReceivedMs(atMs);
        segment.setTimestampMs(atMs);
        segment.setReplayStartMs(atMs - 50);
        return segment;
    }
}
