package io.replaylinker.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicsWiringIT {

    private KafkaBroker kafka;
    private Admin admin;

    @BeforeEach
    void startBroker() {
        kafka = EmbeddedKafka.start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterEach
    void stopBroker() {
        admin.close();
        kafka.close();
    }

    @Test
    void shouldNameEveryMissingSourceTopic() {
        // Given
        kafka.createTopic("transactions", 1, Map.of());
        TopicsWiring topics = new TopicsWiring(settings(Map.of()));

        // When / Then
        assertThatThrownBy(topics::prepare)
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no topic events, no topic ingest-replay-events;");
    }

    @Test
    void shouldLeaveOutTopicsOfTheDefaultsThatNotEverySentryHas() {
        // Given
        Set.of("events", "ingest-replay-events").forEach(topic -> kafka.createTopic(topic, 1, Map.of()));

        // When
        Settings read = new TopicsWiring(settings(Map.of())).prepare();

        // Then
        assertThat(new SourceTopics(read).names()).containsExactly("events", "ingest-replay-events");
    }

    @Test
    void shouldMissTheSameTopicsWhereTheyAreNamed() {
        // Given
        Set.of("events", "ingest-replay-events").forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
        TopicsWiring topics = new TopicsWiring(settings(Map.of("spans.topics", "ingest-spans:sentry-json")));

        // When / Then
        assertThatThrownBy(topics::prepare)
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("Kafka has no topic ingest-spans;")
                .hasMessageContaining("events.topics, spans.topics and replays.topics");
    }

    @Test
    void shouldMissTheTopicOfEventLinksInASinkAlone() {
        // Given
        TopicsWiring topics = new TopicsWiring(settings(Map.of("roles", "sink", "sentry.event-links", "missing")));

        // When / Then
        assertThatThrownBy(topics::prepare)
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no topic ingest-replay-events;");
    }

    @Test
    void shouldCreateSourceTopicsAsSentryDoesWhenAskedTo() throws Exception {
        // Given
        TopicsWiring topics = new TopicsWiring(settings(Map.of("topics.create-sources", "true")));

        // When
        topics.prepare();

        // Then
        assertThat(admin.listTopics().names().get())
                .contains("events", "transactions", "generic-events", "ingest-spans", "ingest-replay-events");
        assertThat(partitions("events")).isEqualTo(1);
        assertThat(config("events", "message.timestamp.type")).isEqualTo("LogAppendTime");
    }

    @Test
    void shouldCreateMissingOutputTopicsAndKeepTheOthers() throws Exception {
        // Given
        for (String topic : Set.of("events", "transactions", "ingest-replay-events")) {
            kafka.createTopic(topic, 1, Map.of());
        }
        kafka.createTopic("replay-links", 3, Map.of());
        TopicsWiring topics = new TopicsWiring(settings(Map.of("topics.partitions", "2")));

        // When
        topics.prepare();

        // Then
        assertThat(partitions("replay-links")).isEqualTo(3);
        assertThat(partitions("replay-unlinked")).isEqualTo(2);
        assertThat(config("replay-states", "cleanup.policy")).isEqualTo("compact,delete");
        assertThat(partitions("replay-linker-user-key")).isEqualTo(1);
        assertThat(config("replay-linker-user-key", "retention.ms")).isEqualTo("-1");
        assertThat(config("replay-linker-user-key", "cleanup.policy")).isEqualTo("delete");
    }

    @Test
    void shouldMakeTheTopicOfTheKeyEvenWhereOthersMakeTheOutputs() throws Exception {
        // Given
        Set.of("events", "ingest-replay-events").forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
        TopicsWiring topics = new TopicsWiring(settings(Map.of("topics.create", "false")));

        // When / Then
        assertThatThrownBy(topics::prepare)
                .hasMessageContaining("no topic replay-links")
                .hasMessageNotContaining("user-key");

        // When
        Set.of("replay-links", "replay-unlinked", "replay-states", "replay-dead-letters", "trace-nodes")
                .forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
        topics.prepare();

        // Then
        assertThat(partitions("replay-linker-user-key")).isEqualTo(1);
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> content = new HashMap<>(more);
        content.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        content.put("schema.registry.url", "mock://topics");
        return SettingsReader.of(content);
    }

    private int partitions(String topic) throws Exception {
        Map<String, TopicDescription> topics =
                admin.describeTopics(Set.of(topic)).allTopicNames().get();
        return Objects.requireNonNull(topics.get(topic)).partitions().size();
    }

    private String config(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(Set.of(resource)).all().get();
        return Objects.requireNonNull(configs.get(resource)).get(name).value();
    }
}
