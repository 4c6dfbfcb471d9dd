package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.testkit.DocumentedBlock;
import io.replaylinker.tools.WorkerProcess;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are cut off, or whose servers go away, beside a worker with exactly_once_v2 on topics that are written in transactions. */
class ReprocessFaultsIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int A_TRANSACTION = 70;
    /** Some ten seconds for all records. */
    private static final String SLOWLY = "40/s";
    /** All of them fit into one answer of the broker otherwise. */
    private static final Map<String, String> SETTINGS =
            Map.of("processing.guarantee", "exactly_once_v2", "kafka.consumer.max.partition.fetch.bytes", "2048");

    private static final String NAME = "faults";
    private static final String ABORTED = "ab".repeat(16);

    private static Line line = new Line();
    private static TestServers servers;
    private static LinkedVisits visits;
    private static List<String> right = List.of();

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void prepare() throws Exception {
        EmbeddedKafka kafka =
                EmbeddedKafka.start(Map.of("advertised.listeners", "EXTERNAL://localhost:" + line.port()));
        line.leadTo(Integer.parseInt(kafka.bootstrapServers().replaceAll(".*:", "")));
        servers = new TestServers(kafka, folder);
        visits = LinkedVisits.start(servers, NAME, SETTINGS, ReprocessFaultsIT::feed);
        assertThat(visits.runAll().code()).isZero();
        right = visits.links();
    }

    @AfterAll
    static void stop() throws IOException {
        visits.close();
        servers.close();
        line.close();
    }

    /** Each second transaction is one that is aborted, the last one too; none of what it says may count. */
    private static void feed(String brokers, List<Visits.Message> messages) throws Exception {
        try (SourceRecords records = SourceRecords.transactional(brokers)) {
            for (int from = 0; from < messages.size(); from += A_TRANSACTION) {
                List<Visits.Message> some = messages.subList(from, Math.min(from + A_TRANSACTION, messages.size()));
                records.transaction(some, true);
                Instant at = Instant.ofEpochMilli(some.get(some.size() - 1).timestampMs());
                records.transaction(
                        List.of(
                                message(NAME + "-" + Visits.REPLAYS, at, Visits.segment(ABORTED, 0, "", at, at)),
                                message(NAME + "-" + Visits.EVENTS, at, Visits.event(ABORTED, named(ABORTED), at))),
                        false);
            }
        }
    }

    private static Visits.Message message(String topic, Instant at, String value) {
        return new Visits.Message(topic, 0, at.toEpochMilli(), value);
    }

    private static String named(String replay) {
        return "\"replay\":{\"replay_id\":\"" + replay + "\"}";
    }

    @Test
    void shouldTakeCommittedRecordsOnlyAsTheWorkerDoes() throws Exception {
        visits.loseLinks();

        LinkedVisits.Result repair = visits.runAll("--diff");
        LinkedVisits.Result again = visits.runAll("--diff");

        assertThat(repair.code()).as(repair.toString()).isZero();
        assertThat(repair.out()).contains("+ event").doesNotContain("- event", "~ event", ABORTED);
        assertThat(again.out()).doesNotContain("+ event", "- event", "~ event", "? event");
        assertThat(visits.links()).isEqualTo(right).noneMatch(link -> link.contains(ABORTED));
    }

    @Test
    void shouldBeginAnewAfterASignal() throws Exception {
        visits.loseLinks();
        int exitCode;
        String output;
        try (WorkerProcess process = begin("terminated")) {
            exitCode = process.stop(TIMEOUT);
            output = process.log();
        }

        LinkedVisits.Result anew = visits.runAll();

        assertThat(exitCode).as(output).isEqualTo(ExitCodes.INTERRUPTED);
        String progress = output.substring(output.indexOf("reading ")).replaceAll(" 0/\\d+ ", " 0/426 ");
        DocumentedBlock.of(
                        "docs/reprocessing.md",
                        "stopped before the end; the same command starts from the beginning, and keeps the corrections so far")
                .shows(progress);
        assertThat(anew.code()).as(anew.toString()).isZero();
        assertThat(visits.links()).isEqualTo(right);
    }

    /** A server that takes a question and never answers holds up the first signal. */
    @Test
    void shouldEndAtOnceAtTheSecondSignal() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WorkerProcess process = visits.process(
                        "hurried", Map.of("clickhouse.url", "http://127.0.0.1:" + silent.getLocalPort()))) {
            silent.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
            try (Socket connection = silent.accept()) {
                assertThat(connection.isConnected()).isTrue();
                process.signal();
                assertThat(process.awaitEnd(Duration.ofSeconds(1))).isEqualTo(-1);

                assertThat(process.stop(TIMEOUT)).as(process.log()).isEqualTo(128 + 15);
            }
        }
    }

    @Test
    void shouldWaitForServersThatAreAway() throws Exception {
        visits.loseLinks();
        StringWriter output = new StringWriter();
        CompletableFuture<LinkedVisits.Result> result =
                CompletableFuture.supplyAsync(() -> visits.run(output, visits.all("--rate", "150/s")));
        await("the run has begun", () -> output.toString().contains("reading ") || result.isDone());

        line.cut();
        await("it misses Kafka", () -> output.toString().contains("Kafka returns no records") || result.isDone());
        servers.stopClickHouse();
        line.mend();
        await("it misses ClickHouse", () -> output.toString().contains("; retrying in") || result.isDone());
        servers.startClickHouse();

        assertThat(result.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).code())
                .as(output.toString())
                .isZero();
        assertThat(visits.links()).isEqualTo(right);
    }

    /** A run in a process of its own that is in the middle of its reading. It ends before it writes: the registry is in this process. */
    private static WorkerProcess begin(String name) throws IOException {
        WorkerProcess process = visits.process(name, SETTINGS, "--rate", SLOWLY);
        await("the run has begun", () -> hasPrinted(process, "reading ") || !process.isAlive());
        assertThat(process.isAlive()).as(process.log()).isTrue();
        return process;
    }

    private static boolean hasPrinted(WorkerProcess process, String text) {
        try {
            return process.log().contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
