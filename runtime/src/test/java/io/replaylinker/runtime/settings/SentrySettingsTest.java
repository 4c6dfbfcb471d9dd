package io.replaylinker.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replaylinker.sinks.sentry.EventLinkMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentrySettingsTest {

    private static final String ON = "sentry.event-links";
    private static final String TOPIC = "sentry.event-links.topic";

    @Test
    void shouldSendSentryNothingByDefault() {
        Settings settings = settings(Map.of());

        assertThat(settings.get(SentrySettings.EVENT_LINKS)).isEqualTo(EventLinkMode.OFF);
        assertThat(SentrySettings.writtenTopic(settings)).isEmpty();
    }

    @Test
    void shouldWriteToTheReplayTopicThatIsRead() {
        Settings settings = settings(Map.of(ON, "missing", "replays.topics", "our-replays:avro,theirs:sentry-json"));

        assertThat(SentrySettings.writtenTopic(settings)).contains("theirs");
    }

    @Test
    void shouldWriteToTheTopicThatIsNamed() {
        Settings settings = settings(Map.of(ON, "all", TOPIC, "elsewhere", "replays.topics", "copy:sentry-json"));

        assertThat(SentrySettings.writtenTopic(settings)).contains("elsewhere");
    }

    @Test
    void shouldAskForTheTopicWhereItIsNotPlain() {
        assertThat(problems(Map.of(ON, "missing", "replays.topics", "ours:avro")))
                .containsExactly(
                        "sentry.event-links.topic: is required, because replays.topics names no topic as sentry-json");
        assertThat(problems(Map.of(ON, "missing", "replays.topics", "a:sentry-json,b:sentry-json")))
                .containsExactly(
                        "sentry.event-links.topic: is required, because replays.topics names more than one topic as sentry-json");
    }

    @ParameterizedTest
    @CsvSource({"events", "replay-links", "replay-dead-letters", "ours"})
    void shouldRefuseATopicThatIsForAnotherPurpose(String topic) {
        assertThat(problems(Map.of(
                        ON, "all", TOPIC, topic, "replays.topics", "ingest-replay-events:sentry-json,ours:avro")))
                .containsExactly("sentry.event-links.topic: must be the one that Sentry reads replays from; " + topic
                        + " is set for another purpose");
    }

    @Test
    void shouldRefuseAWorkerThatHasNoSink() {
        assertThat(problems(Map.of(ON, "missing", "roles", "join")))
                .containsExactly("sentry.event-links: is the work of the role sink, which roles does not name");
        assertThat(settings(Map.of(ON, "missing", "roles", "sink"))).isNotNull();
    }

    @Test
    void shouldRefuseToGuessWhichLinksSentryMakes() {
        String problem = "sentry.event-links: missing needs replay_id among the methods of every project, "
                + "otherwise links that Sentry has made would be written again";

        assertThat(problems(Map.of(ON, "missing", "methods", "span,trace"))).containsExactly(problem);
        assertThat(problems(Map.of(ON, "missing", "methods.by-project", "22:trace")))
                .containsExactly(problem);
        assertThat(settings(Map.of(ON, "all", "methods", "span,trace"))).isNotNull();
        assertThat(settings(Map.of(ON, "missing", "methods.by-project", "22:none")))
                .isNotNull();
    }

    @Test
    void shouldReadTheAddressWithoutASlashAtItsEnd() {
        Settings settings = settings(Map.of(
                "sentry.url", "https://sentry.example.com/", "sentry.organization.slugs", "1:acme, 2:other-one"));

        assertThat(settings.get(SentrySettings.URL)).isEqualTo("https://sentry.example.com");
        assertThat(settings.get(SentrySettings.ORGANIZATION_SLUGS)).isEqualTo(Map.of(1L, "acme", 2L, "other-one"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sentry.example.com",
                "ftp://sentry.example.com",
                "javascript:alert(1)",
                "https://",
                "https://user:secret@sentry.example.com",
                "https://sentry.example.com/?next=1",
                "https://sentry.example.com/#top",
                "https://sentry example.com"
            })
    void shouldRefuseWhatIsNoAddressOfAWebInterface(String url) {
        assertThat(problems(Map.of("sentry.url", url, "sentry.organization.slugs", "1:acme")))
                .first()
                .asString()
                .startsWith("sentry.url: must be an address as https://sentry.example.com: http or https, and neither");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acme", "1", "1:", "0:acme", "-1:acme", "1:acme,1:other", "1:a/b", "1:7", "1:../x", "x:acme"})
    void shouldRefuseWhatIsNoSlugOfAnOrganization(String slugs) {
        assertThat(problems(Map.of("sentry.url", "https://sentry.example.com", "sentry.organization.slugs", slugs)))
                .first()
                .asString()
                .startsWith(
                        "sentry.organization.slugs: must be organization ids, each with its slug, as 1:acme,2:other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replays/", "/replays/{id}/", "replays/{id}/{id}/", "replays/{id}?t=1", "javascript:{id}"})
    void shouldRefuseWhatIsNoPathOfAPage(String path) {
        assertThat(problems(Map.of(
                        "sentry.url",
                        "https://sentry.example.com",
                        "sentry.organization.slugs",
                        "1:acme",
                        "sentry.replay-path",
                        path)))
                .singleElement()
                .asString()
                .contains("sentry.replay-path: must be a path with {id} in it once");
    }

    @Test
    void shouldRefuseAnAddressThatWouldLinkNothing() {
        assertThat(problems(Map.of("sentry.url", "https://sentry.example.com")))
                .containsExactly("sentry.organization.slugs: is required with sentry.url, as 1:acme,2:other");
        assertThat(problems(Map.of("sentry.organization.slugs", "1:acme")))
                .containsExactly(
                        "sentry.url: is required with sentry.organization.slugs, as https://sentry.example.com");
    }

    private static List<String> problems(Map<String, String> content) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> settings(content))
                .problems();
    }

    private static Settings settings(Map<String, String> content) {
        Map<String, String> all = new HashMap<>(content);
        all.put("kafka.bootstrap.servers", "localhost:9092");
        all.put("schema.registry.url", "mock://test");
        return SettingsReader.of(all);
    }
}
