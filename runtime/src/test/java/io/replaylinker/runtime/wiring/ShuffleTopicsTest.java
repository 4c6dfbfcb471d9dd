package io.replaylinker.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class ShuffleTopicsTest {

    @Test
    void shouldTakeATopicAsItIsMade() {
        ShuffleTopics shuffle = shuffle(Map.of());

        assertThat(shuffle.topics())
                .extracting(NewTopic::name)
                .containsExactly("app-by-trace", "app-by-event", "app-by-replay", "app-organizations");
        shuffle.topics().forEach(topic -> assertThat(shuffle.mistake(topic, topic.numPartitions(), topic.configs()))
                .isEmpty());
    }

    @Test
    void shouldTakeATopicWhoseConfigurationItMayNotKnow() {
        ShuffleTopics shuffle = shuffle(Map.of());

        assertThat(shuffle.mistake(shuffle.topics().get(0), 4, Map.of())).isEmpty();
    }

    @Test
    void shouldReportInOneLineWhatToDoWhenTheStateIsDividedOtherwise() {
        ShuffleTopics shuffle = shuffle(Map.of());

        ShuffleTopics.Mistake mistake =
                shuffle.mistake(shuffle.topics().get(0), 2, Map.of()).orElseThrow();

        assertThat(mistake.found())
                .isEqualTo(
                        "shuffle.partitions is 4, but the topic app-by-trace has 2 partitions, and the state is divided as it is");
        assertThat(mistake.remedy()).startsWith("Set shuffle.partitions=2; or set another application.id");
    }

    @Test
    void shouldRefuseBrokersTimesAndRetention() {
        ShuffleTopics shuffle = shuffle(Map.of());
        NewTopic byTrace = shuffle.topics().get(0);

        assertThat(shuffle.mistake(byTrace, 4, changed(byTrace, "message.timestamp.type", "LogAppendTime")))
                .get()
                .extracting(ShuffleTopics.Mistake::remedy)
                .isEqualTo("Set its message.timestamp.type=CreateTime.");
        assertThat(shuffle.mistake(byTrace, 4, changed(byTrace, "retention.ms", "604800000")))
                .get()
                .extracting(ShuffleTopics.Mistake::remedy)
                .asString()
                .startsWith("Set its retention.ms=-1");
    }

    @Test
    void shouldKeepMoreThanTheWindowHoweverLongThatIs() {
        assertThat(shuffle(Map.of()).retention()).isEqualTo(Duration.ofHours(6));
        assertThat(shuffle(Map.of("memory", "11h", "wait", "2h")).retention()).isEqualTo(Duration.ofHours(21));
        assertThat(shuffle(Map.of("shuffle.retention", "3h")).retention()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void shouldHaveReplicasAsKafkaStreamsWouldMakeThem() {
        assertThat(shuffle(Map.of()).topics().get(0).replicationFactor()).isEqualTo((short) -1);
        assertThat(shuffle(Map.of("topics.replication", "3")).topics().get(0).replicationFactor())
                .isEqualTo((short) 3);
        assertThat(shuffle(Map.of("topics.replication", "3", "kafka.replication.factor", "1"))
                        .topics()
                        .get(0)
                        .replicationFactor())
                .isEqualTo((short) 1);
    }

    private static Map<String, String> changed(NewTopic topic, String name, String value) {
        Map<String, String> config = new HashMap<>(Objects.requireNonNull(topic.configs()));
        config.put(name, value);
        return config;
    }

    private static ShuffleTopics shuffle(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("kafka.bootstrap.servers", "localhost:9092");
        settings.put("schema.registry.url", "mock://shuffle");
        settings.put("application.id", "app");
        Settings read = SettingsReader.of(settings);
        return new ShuffleTopics(read);
    }
}
