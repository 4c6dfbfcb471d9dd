package io.replaylinker.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.testkit.EmbeddedRegistry;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.tools.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Join and sink in processes of their own, which share nothing but Kafka and the registry. */
class RolesIT {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";

    private static final Installation INSTALLATION = Installation.start();
    private static final EmbeddedRegistry REGISTRY = EmbeddedRegistry.start();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stop() {
        REGISTRY.close();
        INSTALLATION.close();
    }

    /** The join is given no ClickHouse, and the sink no source. */
    @Test
    void shouldJoinInOneProcessAndWriteInAnother() throws Exception {
        try (WorkerProcess join = start("join", Map.of("clickhouse.url", "http://127.0.0.1:1"));
                WorkerProcess sink = start("sink", Map.of("events.topics", "not-there:sentry-json"))) {
            INSTALLATION.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY));
            INSTALLATION.produce(Installation.EVENTS, SentryMessages.eventOfReplay(EVENT, REPLAY));

            Installation.await("there is a link", () -> !INSTALLATION.links().isEmpty(), join, sink);

            assertThat(INSTALLATION.links()).singleElement().satisfies(link -> {
                assertThat(link.eventId()).isEqualTo(EVENT);
                assertThat(link.replayId()).isEqualTo(REPLAY);
            });
            assertThat(sink.stop(Installation.TIMEOUT)).as(sink.log()).isZero();
            assertThat(join.stop(Installation.TIMEOUT)).as(join.log()).isZero();
        }
    }

    private WorkerProcess start(String role, Map<String, String> unreachable) throws IOException {
        Map<String, String> settings = INSTALLATION.settings(folder.resolve(role), unreachable);
        settings.put("roles", role);
        settings.put("schema.registry.url", REGISTRY.url());
        settings.put("sink.bad-rows", "set-aside");
        settings.put("clickhouse.error-classes", "241:retry");
        return INSTALLATION.worker(folder.resolve(role), settings);
    }
}
