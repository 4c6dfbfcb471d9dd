package io.replaylinker.topology.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.ChildJvm;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.topology.Samples;
import io.replaylinker.topology.join.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two workers that are killed again and again in the middle of their work link what a full look at all the records links, and one that
 * comes up anew knows what waits. A failure prints its seed; {@code -Dseed=N} runs it with that one, {@code -Dkill.seconds=N} for longer.
 * With {@code -Dother.classpath=PATH} every second worker is of the version on that class path, as in a rolling upgrade.
 */
class KillIT {

    private static final int HISTORIES = Integer.getInteger("histories", 240);
    private static final int PARTITIONS = 2;
    private static final int SHUFFLE_PARTITIONS = 4;
    private static final Duration FLOW = Duration.ofSeconds(Integer.getInteger("kill.seconds", 60));
    private static final int KILLS = Math.toIntExact(FLOW.toSeconds() / 6);
    private static final int WAITING = Integer.getInteger("waiting", 4_000);
    private static final String OTHER_CLASS_PATH = System.getProperty("other.classpath", Installation.CLASS_PATH);
    private static EmbeddedKafka kafka = EmbeddedKafka.start(Installation.QUICK_BROKER);

    private final List<ChildJvm> workers = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @AfterEach
    void killWorkers() throws InterruptedException {
        for (ChildJvm worker : workers) {
            worker.kill();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {StreamsConfig.AT_LEAST_ONCE, StreamsConfig.EXACTLY_ONCE_V2})
    void shouldLinkWhatAFullLookLinksWhileTwoWorkersAreKilled(String guarantee) throws Exception {
        // Given two workers, and records that flow for a minute
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Object> records = CombinedHistories.of(HISTORIES, random);
        Oracle oracle = new Oracle(records);
        Installation installation =
                new Installation(kafka.bootstrapServers(), "kill-" + guarantee, guarantee, SHUFFLE_PARTITIONS);
        installation.createTopics(kafka, PARTITIONS, 2);
        AtomicInteger sent = new AtomicInteger();

        try (Progress progress = new Progress(installation)) {
            List<ChildJvm> pair = new ArrayList<>(List.of(start(installation), start(installation)));

            // When one of them is killed every few seconds, and now and then both
            CompletableFuture<Void> flow =
                    CompletableFuture.runAsync(() -> send(installation, records, new Random(seed), sent));
            for (int kill = 1; kill <= KILLS; kill++) {
                int until = kill * records.size() / (KILLS + 1);
                Await.until(until + " records are sent", () -> flow.isDone() || sent.get() >= until);
                boolean both = random.nextInt(4) == 0;
                for (int one : both ? List.of(0, 1) : List.of(random.nextInt(2))) {
                    pair.get(one).kill();
                    pair.set(one, start(installation));
                }
            }
            flow.join();
            awaitRunning(pair.get(0));
            awaitRunning(pair.get(1));
            progress.awaitThrough();

            // Then
            Outputs.committed(installation).assertHoldsBeforeWaitsEnd(oracle.links(), "links, seed " + seed);
            Outputs.all(installation)
                    .assertHoldsBeforeWaitsEnd(oracle.links(), "links with uncommitted ones, seed " + seed);
            pair.get(0).kill();
            pair.get(1).kill();
            closeWindows(installation, progress);
            Outputs outputs = Outputs.committed(installation);
            assertThat(oracle.differences(outputs.held(), outputs.unlinked()))
                    .as("in the end, seed %d", seed)
                    .isEmpty();
        }
    }

    private static void send(Installation installation, List<Object> records, Random random, AtomicInteger sent) {
        try (Feed feed = new Feed(installation, PARTITIONS, random)) {
            feed.send(records, FLOW, sent);
        }
    }

    @Test
    void shouldRestoreWhatWaitsFromTheTopics() throws Exception {
        // Given
        Installation installation =
                new Installation(kafka.bootstrapServers(), "restore", StreamsConfig.AT_LEAST_ONCE, 2);
        installation.createTopics(kafka, PARTITIONS, 2);
        try (Feed feed = new Feed(installation, PARTITIONS, new Random(1));
                Progress progress = new Progress(installation)) {
            for (int number = 1; number <= WAITING; number++) {
                BackendEvent event = Samples.named(Samples.error(number, number % 600), 1_000_000 + number);
                feed.send(event);
            }
            feed.flush();
            ChildJvm worker = start(installation);
            awaitRunning(worker);
            progress.awaitThrough();
            worker.kill();

            // When
            Running restored = awaitRunning(start(installation));

            for (int number = 1; number <= WAITING; number++) {
                feed.send(Samples.segment(1_000_000 + number, 0, -5, 700));
            }
            feed.flush();
            progress.awaitThrough();

            // Then
            assertThat(Outputs.committed(installation).held()).hasSize(WAITING);
            System.out.printf(
                    "FIGURE restored_events_per_second = %d events/s (%d waiting events in %d blocks in %d ms)%n",
                    WAITING * 1_000L / Math.max(1, restored.millis()), WAITING, restored.blocks(), restored.millis());
        }
    }

    private record Running(long blocks, long millis) {}

    /** By a last worker, which restores the state. */
    private void closeWindows(Installation installation, Progress progress) {
        try (JoinWorker last =
                JoinWorker.forHistories(installation, folder.resolve("last"), 2).start()) {
            Await.until("the last worker runs", last::isRunning);
            progress.awaitThrough();
            last.closeWindows();
            Await.until("nothing waits", last::windowsClosed);
        }
    }

    private ChildJvm start(Installation installation) throws IOException {
        ChildJvm worker = installation.startWorker(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                workers.size() % 2 == 0 ? Installation.CLASS_PATH : OTHER_CLASS_PATH,
                folder.resolve("worker-" + workers.size()));
        workers.add(worker);
        return worker;
    }

    private Running awaitRunning(ChildJvm worker) throws IOException {
        String line = worker.readLine();
        if (line == null || !line.startsWith("running ")) {
            throw new AssertionError("the worker says " + line + " and: "
                    + Files.readString(folder.resolve("worker-" + workers.indexOf(worker) + ".err")));
        }
        String[] words = line.split(" ", -1);
        worker.discardOutput();
        return new Running(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
