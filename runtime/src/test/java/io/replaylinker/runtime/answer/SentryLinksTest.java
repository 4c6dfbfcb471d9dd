package io.replaylinker.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentryLinksTest {

    private static final String REPLAY = "5e550001aaaa4aaa8aaa0000000001fd";
    private static final String EVENT = "e0e00001aaaa4aaa8aaa000000000001";
    private static final String TRACE = "7ace0001aaaa4aaa8aaa000000000001";
    private static final String ACME = "https://sentry.example.com/organizations/acme/";

    private final SentryLinks sentry = links(Map.of(
            "kafka.bootstrap.servers",
            "localhost:9092",
            "schema.registry.url",
            "mock://test",
            "sentry.url",
            "https://sentry.example.com/",
            "sentry.organization.slugs",
            "1:acme,2:other"));

    @Test
    void shouldAddressEachKindOfPage() {
        assertThat(sentry.replay(1, REPLAY)).isEqualTo(ACME + "explore/replays/" + REPLAY + "/");
        assertThat(sentry.event(1, 77, EVENT)).isEqualTo(ACME + "issues/77/events/" + EVENT + "/");
        assertThat(sentry.issue(1, 77)).isEqualTo(ACME + "issues/77/");
        assertThat(sentry.trace(1, TRACE)).isEqualTo(ACME + "explore/traces/trace/" + TRACE + "/");
        assertThat(sentry.issue(2, -1))
                .isEqualTo("https://sentry.example.com/organizations/other/issues/18446744073709551615/");
    }

    @Test
    void shouldAddressTheSecondOfAnEventInAReplay() {
        assertThat(sentry.replay(1, REPLAY, Duration.ofMillis(13_970)))
                .isEqualTo(ACME + "explore/replays/" + REPLAY + "/?t=13");
        assertThat(sentry.replay(1, REPLAY, Duration.ofMillis(-1_530)))
                .isEqualTo(ACME + "explore/replays/" + REPLAY + "/?t=0");
    }

    @Test
    void shouldUseThePathsOfAnOlderRelease() {
        SentryLinks older = links(Map.of(
                "kafka.bootstrap.servers",
                "localhost:9092",
                "schema.registry.url",
                "mock://test",
                "sentry.url",
                "https://sentry.example.com",
                "sentry.organization.slugs",
                "1:acme",
                "sentry.replay-path",
                "replays/{id}/",
                "sentry.trace-path",
                "performance/trace/{id}/"));

        assertThat(older.replay(1, REPLAY, Duration.ofSeconds(2))).isEqualTo(ACME + "replays/" + REPLAY + "/?t=2");
        assertThat(older.trace(1, TRACE)).isEqualTo(ACME + "performance/trace/" + TRACE + "/");
    }

    @Test
    void shouldLinkNothingThatCouldBeWrong() {
        assertThat(sentry.replay(0, REPLAY)).isNull();
        assertThat(sentry.replay(3, REPLAY)).isNull();
        assertThat(sentry.replay(1, "")).isNull();
        assertThat(sentry.event(1, 0, EVENT)).isNull();
        assertThat(sentry.trace(1, "")).isNull();
        assertThat(SentryLinks.NONE.replay(1, REPLAY)).isNull();
    }

    private static SentryLinks links(Map<String, String> settings) {
        return new SentryLinks(ClickHouseWiring.sentryPages(SettingsReader.of(settings)));
    }
}
