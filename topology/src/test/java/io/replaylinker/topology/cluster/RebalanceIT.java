package io.replaylinker.topology.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.topology.join.Oracle;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several workers on a real broker, one of which goes and comes back and one of which joins late while records flow, link what a
 * full look at all the records links. A failure prints its seed; {@code -Dseed=N} runs it with that one.
 */
class RebalanceIT {

    private static final int HISTORIES = Integer.getInteger("histories", 120);
    private static final int PARTITIONS = 3;
    private static final Duration FLOW = Duration.ofSeconds(4);
    private static EmbeddedKafka kafka = EmbeddedKafka.start(Installation.QUICK_BROKER);

    private final List<JoinWorker> workers = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @AfterEach
    void stopWorkers() {
        workers.forEach(JoinWorker::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {StreamsConfig.AT_LEAST_ONCE, StreamsConfig.EXACTLY_ONCE_V2})
    void shouldLinkWhatAFullLookLinksWhileWorkersComeAndGo(String guarantee) {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Object> records = CombinedHistories.of(HISTORIES, random);
        Oracle oracle = new Oracle(records);
        Installation installation = new Installation(kafka.bootstrapServers(), "rebalance-" + guarantee, guarantee, 4);
        installation.createTopics(kafka, PARTITIONS, 2);
        JoinWorker first = worker(installation, "first").start();
        JoinWorker second = worker(installation, "second").start();
        Await.until("both workers run", () -> first.isRunning() && second.isRunning());

        // When
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> flow = CompletableFuture.runAsync(() -> send(installation, records, random, sent));
        int quarter = records.size() / 4;
        awaitSent(sent, quarter + new Random(seed).nextInt(quarter));
        first.close();
        awaitSent(sent, 2 * quarter + new Random(seed).nextInt(quarter));
        JoinWorker again = worker(installation, "first").start();
        JoinWorker third = worker(installation, "third").start();
        flow.join();

        // Then
        try (Progress progress = new Progress(installation)) {
            Await.until("all workers run", () -> again.isRunning() && second.isRunning() && third.isRunning());
            progress.awaitThrough();
            Outputs.committed(installation).assertHoldsBeforeWaitsEnd(oracle.links(), "links, seed " + seed);
            Outputs.all(installation)
                    .assertHoldsBeforeWaitsEnd(oracle.links(), "links with uncommitted ones, seed " + seed);
            List<JoinWorker> alive = List.of(again, second, third);
            alive.forEach(JoinWorker::closeWindows);
            Await.until("nothing waits", () -> alive.stream().allMatch(JoinWorker::windowsClosed));
            alive.forEach(JoinWorker::close);
            Outputs outputs = Outputs.committed(installation);
            assertThat(oracle.differences(outputs.held(), outputs.unlinked()))
                    .as("in the end, seed %d", seed)
                    .isEmpty();
        }
    }

    private JoinWorker worker(Installation installation, String name) {
        JoinWorker worker = JoinWorker.forHistories(installation, folder.resolve(name), 1);
        workers.add(worker);
        return worker;
    }

    private static void send(Installation installation, List<Object> records, Random random, AtomicInteger sent) {
        try (Feed feed = new Feed(installation, PARTITIONS, random)) {
            feed.send(records, FLOW, sent);
        }
    }

    private static void awaitSent(AtomicInteger sent, int records) {
        Await.until(records + " records are sent", () -> sent.get() >= records);
    }
}
