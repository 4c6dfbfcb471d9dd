package io.replaylinker.tools.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.worker.lifecycle.Worker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way round: the links that are published to Sentry come back on the topic that the join reads. */
class EventLinksIT {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String TRACE = "7ace0006000000000000000000058cf2";
    private static final String BY_TRACE = "1102497293404247906e36789ab85c79";
    private static final String BY_ID = "2202497293404247906e36789ab85c79";

    private static final Installation INSTALLATION = Installation.start();

    @TempDir
    private Path folder = Path.of("");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterAll
    static void stop() {
        INSTALLATION.close();
    }

    @Test
    void shouldSendWhatSentryLacksAndNotReadItAsAReplay() throws Exception {
        // Given
        Settings settings = SettingsReader.of(INSTALLATION.settings(folder, Map.of("sentry.event-links", "missing")));
        try (Worker worker = Worker.start(settings, meters)) {
            // When
            INSTALLATION.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY, TRACE));
            INSTALLATION.produce(
                    Installation.EVENTS,
                    SentryMessages.eventOfReplay(BY_ID, REPLAY),
                    SentryMessages.eventOfTrace(BY_TRACE, TRACE));
            Installation.await("the join has read what was published", () -> control() == 1);

            // Then
            assertThat(worker.failure()).isEmpty();
            assertThat(count("replay.linker.records", "topic", Installation.REPLAYS))
                    .isEqualTo(2);
            assertThat(meters.counter("replay.linker.replay.observations").count())
                    .isEqualTo(1);
            Installation.await("both links are judged", () -> eventLinks("sent") + eventLinks("made_by_sentry") == 2);
            assertThat(eventLinks("sent")).isEqualTo(1);
            assertThat(count("replay_linker_sink_rows", "sink", "sentry")).isEqualTo(2);
        }
        assertThat(INSTALLATION.values(Installation.REPLAYS))
                .hasSize(2)
                .last()
                .satisfies(message -> assertThat(new String(message, UTF_8)).contains("\"project_id\":11"))
                .extracting(EventLinksIT::decoded)
                .isEqualTo(Decoded.control("event_link"));
    }

    private double control() {
        Counter counter = meters.find("replay.linker.control")
                .tag("operation", "event_link")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private double eventLinks(String outcome) {
        return count("replay_linker_sentry_event_links", "outcome", outcome);
    }

    private double count(String name, String label, String value) {
        Counter counter = meters.find(name).tag(label, value).counter();
        return counter == null ? 0 : counter.count();
    }

    private static Decoded<ReplaySegment> decoded(byte[] message) {
        return new SentryReplayDecoder().decode(Installation.REPLAYS, new RecordHeaders(), message);
    }
}
