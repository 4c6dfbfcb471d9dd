package io.replaylinker.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.tools.WorkerProcess;
import java.nio.file.Path;
import java.util.Map;
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
        try (WorkerProcess worker = INSTALLATION.worker(folder, Map.of())) {
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
            assertThat(worker.log())
                    .contains(
                            "shuffle.partitions is 1, but the topic changed-by-trace has 3 partitions",
                            "Set shuffle.partitions=3; or set another application.id");
        }
    }
}
