package io.replaylinker.topology.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.testkit.ChildJvm;
import io.replaylinker.testkit.EmbeddedKafka;
import io.replaylinker.testkit.EndsWithParent;
import io.replaylinker.topology.Samples;
import io.replaylinker.topology.join.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker that is killed in the middle of its work links what a full look at all the records links, and one that comes up anew knows
 * what waits. A failure prints its seed; {@code -Dseed=N} runs it with that one.
 */
class KillIT {

    private static final int HISTORIES = 120;
    private static final int PARTITIONS = 2;
    private static final int WAITING = Integer.getInteger("waiting", 20_000);
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
    void shouldLinkWhatAFullLookLinksThroughKills(String guarantee) throws Exception {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Object> records = CombinedHistories.of(HISTORIES, random);
        Oracle oracle = new Oracle(records);
        Installation installation = new Installation(kafka.bootstrapServers(), "kill-" + guarantee, guarantee, 2);
        installation.createTopics(kafka, PARTITIONS, 2);
        Path disk = folder.resolve("disk");
        int third = records.size() / 3;

        // When
        try (Feed feed = new Feed(installation, PARTITIONS, random);
                Progress progress = new Progress(installation)) {
            send(feed, records.subList(0, third));
            ChildJvm worker = start(installation, disk);
            awaitRunning(worker);
            killInTheMiddle(worker, feed, progress, records.subList(third, 2 * third));

            worker = start(installation, disk);
            awaitRunning(worker);
            killInTheMiddle(worker, feed, progress, records.subList(2 * third, records.size()));

            worker = start(installation, disk);
            Running restored = awaitRunning(worker);
            progress.awaitThrough();

            // Then
            assertThat(restored.blocks()).as("blocks restored").isPositive();
            Outputs.committed(installation).assertHoldsBeforeWaitsEnd(oracle.links(), "links, seed " + seed);
            Outputs.all(installation)
                    .assertHoldsBeforeWaitsEnd(oracle.links(), "links with uncommitted ones, seed " + seed);

            worker.kill();
            closeWindows(installation, disk, progress);
            Outputs outputs = Outputs.committed(installation);
            assertThat(oracle.differences(outputs.held(), outputs.unlinked()))
                    .as("in the end, seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void shouldRestoreWhatWaitsFromTheTopics() throws Exception {
        // Given
        Installation installation =
                new Installation(kafka.bootstrapServers(), "restore", StreamsConfig.AT_LEAST_ONCE, 2);
        installation.createTopics(kafka, PARTITIONS, 2);
        Path disk = folder.resolve("disk");
        try (Feed feed = new Feed(installation, PARTITIONS, new Random(1));
                Progress progress = new Progress(installation)) {
            for (int number = 1; number <= WAITING; number++) {
                BackendEvent event = Samples.named(Samples.error(number, number % 600), 1_000_000 + number);
                feed.send(event);
            }
            feed.flush();
            ChildJvm worker = start(installation, disk);
            awaitRunning(worker);
            progress.awaitThrough();
            worker.kill();

            // When
            Running restored = awaitRunning(start(installation, disk));

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

    private static void send(Feed feed, List<Object> records) {
        records.forEach(feed::send);
        feed.flush();
    }

    /** Kills it when it has begun with these records and not yet ended. */
    private static void killInTheMiddle(ChildJvm worker, Feed feed, Progress progress, List<Object> records)
            throws InterruptedException {
        long before = progress.stateRecords();
        for (Object record : records) {
            feed.send(record);
        }
        Await.until("the worker has begun", () -> progress.stateRecords() > before);
        worker.kill();
        feed.flush();
    }

    /** By a last worker, which restores the state. */
    private static void closeWindows(Installation installation, Path disk, Progress progress) {
        try (JoinWorker last = JoinWorker.forHistories(installation, disk, 2).start()) {
            Await.until("the last worker runs", last::isRunning);
            progress.awaitThrough();
            last.closeWindows();
            Await.until("nothing waits", last::windowsClosed);
        }
    }

    private ChildJvm start(Installation installation, Path disk) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(JoinWorkerMain.class.getName());
        arguments.addAll(installation.toArguments());
        arguments.add(disk.toString());
        ChildJvm worker = ChildJvm.start(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EndsWithParent.class,
                arguments,
                folder.resolve("worker-" + workers.size() + ".err"));
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
