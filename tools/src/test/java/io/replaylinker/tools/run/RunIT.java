package io.replaylinker.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.testkit.DocumentedBlock;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.tools.WorkerProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deployed worker as its own process, between a real Kafka and a real ClickHouse. */
class RunIT {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";
    private static final Installation INSTALLATION = Installation.start();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stop() {
        INSTALLATION.close();
    }

    @Test
    void shouldTurnMessagesIntoALinkAndEndWellWhenAsked() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(
                folder,
                INSTALLATION.settings(folder, Map.of("threads", "2")),
                Map.of("REPLAY_LINKER_LOG_FORMAT", "json"))) {
            INSTALLATION.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY));
            INSTALLATION.produce(Installation.EVENTS, SentryMessages.eventOfReplay(EVENT, REPLAY));

            Installation.await("there is a link", () -> !INSTALLATION.links().isEmpty(), worker);

            assertThat(INSTALLATION.links()).singleElement().satisfies(link -> {
                assertThat(link.eventId()).isEqualTo(EVENT);
                assertThat(link.replayId()).isEqualTo(REPLAY);
                assertThat(link.method()).isEqualTo("replay_id");
            });
            // Nobody has told the organization of the replay's project, so its life stands in a row of its own; and
            // lives
            // have a sink of their own, which may be later than that of the links.
            Installation.await(
                    "there is a life",
                    () -> !INSTALLATION
                            .query("SELECT replay_id FROM default.replays GROUP BY replay_id"
                                    + " HAVING max(last_segment_id) = 0 AND max(kinds) = 1")
                            .isEmpty(),
                    worker);
            assertThat(worker.stop(Installation.TIMEOUT)).as(worker.log()).isZero();
            DocumentedBlock.of(
                            "docs/commands.md",
                            "{\"timestamp\":1791190890512,\"level\":\"INFO\",\"threadName\":\"main\",\"loggerName\":\"io.replaylinker.worker.lifecycle.Worker\",\"mdc\": {},\"formattedMessage\":\"Started with the roles [join, sink]; application id replay-linker, 2 threads\",\"throwable\":null}")
                    .shows(worker.log()
                            .lines()
                            .filter(line -> line.contains("Started with the roles"))
                            .collect(Collectors.joining("\n"))
                            .replaceFirst("\"timestamp\":\\d+", "\"timestamp\":1791190890512"));
        }
    }

    @Test
    void shouldRefuseToStartWhenASourceIsMissing() throws Exception {
        try (WorkerProcess worker =
                INSTALLATION.worker(folder, Map.of("events.topics", "events:sentry-json,no-such-topic:sentry-json"))) {
            assertThat(worker.awaitEnd(Installation.TIMEOUT)).isEqualTo(1);
            assertThat(worker.log()).contains("Kafka has no topic no-such-topic; create the topics of the producers");
        }
    }

    @Test
    void shouldReportWhatToDoWhenThePartitionsOfTheShuffleChange() throws Exception {
        INSTALLATION.kafka().createTopic("changed-by-trace", 3, Map.of());
        try (WorkerProcess worker = INSTALLATION.worker(folder, Map.of("application.id", "changed"))) {
            assertThat(worker.awaitEnd(Installation.TIMEOUT)).isEqualTo(1);
            String why = worker.log()
                    .lines()
                    .filter(line -> line.contains("shuffle.partitions is 1"))
                    .findFirst()
                    .orElseThrow();
            DocumentedBlock shown = DocumentedBlock.of(
                    "docs/operations.md",
                    "shuffle.partitions is 8, but the topic replay-linker-by-trace has 4 partitions, and the state is divided as it is. Set");
            assertThat(why)
                    .endsWith(String.join(" ", shown.lines())
                            .replace("is 8", "is 1")
                            .replace("4 partitions", "3 partitions")
                            .replace("partitions=4", "partitions=3")
                            .replace("replay-linker-by-trace", "changed-by-trace"));
        }
    }
}
