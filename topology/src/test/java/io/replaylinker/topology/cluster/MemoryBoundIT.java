package io.replaylinker.topology.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.ChildJvm;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker whose heap is as small as its settings allow gets more events that wait than its state may contain. It ends the oldest waits
 * early, does not run out of memory, and links what comes in time. {@code -Dmemory.seconds=N} runs it for longer.
 */
class MemoryBoundIT {

    private static final Duration FLOW = Duration.ofSeconds(Integer.getInteger("memory.seconds", 20));
    private static final int EVENTS_PER_SECOND = 5_000;
    private static final long STATE_BYTES = 24 << 20;

    /** As the worker asks for: four thirds of the state, and 128 MiB for all else. */
    private static final long HEAP_BYTES = STATE_BYTES * 4 / 3 + (128 << 20);

    /** Of an event that waits, in bytes, less than any takes. */
    private static final int SMALLEST_EVENT = 200;

    private static final int LATEST = 1_000;
    private static final int PARTITIONS = 2;

    private static EmbeddedKafka kafka = EmbeddedKafka.start(Installation.QUICK_BROKER);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void shouldEndTheOldestWaitsAndGoOn() throws Exception {
        // Given
        Installation installation = new Installation(
                kafka.bootstrapServers(), "memory", StreamsConfig.AT_LEAST_ONCE, PARTITIONS, STATE_BYTES);
        installation.createTopics(kafka, PARTITIONS, PARTITIONS);
        ChildJvm worker = installation.startWorker(
                List.of("-Xmx" + HEAP_BYTES, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
                Installation.CLASS_PATH,
                folder.resolve("worker"));
        try (Feed feed = new Feed(installation, PARTITIONS, new Random(1));
                Progress progress = new Progress(installation)) {
            assertThat(worker.readLine()).startsWith("running ");
            worker.discardOutput();

            // When
            int events = sendEventsThatWait(feed);
            for (int number = events - LATEST + 1; number <= events; number++) {
                feed.send(Samples.segment(1_000_000_000 + number, 0, number / 1_000.0, number / 1_000.0 + 1));
            }
            feed.flush();
            progress.awaitThrough();

            // Then
            assertThat(worker.isAlive()).isTrue();
            Outputs outputs = Outputs.committed(installation);
            assertThat(outputs.held()).hasSize(LATEST);
            assertThat(outputs.unlinked().values()).containsOnly(UnlinkedReason.REPLAY_NOT_SEEN);
            assertThat(outputs.unlinked()).hasSizeGreaterThan(events - Math.toIntExact(STATE_BYTES / SMALLEST_EVENT));
        } finally {
            worker.kill();
        }
    }

    /** Each names a replay of its own, of which no segment has come. Returns how many they are. */
    private static int sendEventsThatWait(Feed feed) {
        long startedAt = System.nanoTime();
        int number = 0;
        while (System.nanoTime() - startedAt < FLOW.toNanos()) {
            number++;
            feed.send(Samples.named(Samples.error(number, number / 1_000.0), 1_000_000_000 + number));
            if (number % EVENTS_PER_SECOND == 0) {
                feed.flush();
                long ahead = startedAt
                        + Duration.ofSeconds(number / EVENTS_PER_SECOND).toNanos()
                        - System.nanoTime();
                LockSupport.parkNanos(Math.max(0, ahead));
            }
        }
        return number;
    }
}
