package io.replaylinker.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class KafkaPropertiesTest {

    @Test
    void shouldLetTheUserChangeOurChoicesAndNotOurPromises() {
        Map<String, Object> streams = properties(Map.of(
                        "kafka.commit.interval.ms", "77",
                        "kafka.ensure.explicit.internal.resource.naming", "false",
                        "processing.guarantee", "exactly_once_v2"))
                .streams();

        assertThat(streams)
                .containsEntry("commit.interval.ms", "77")
                .containsEntry("ensure.explicit.internal.resource.naming", true)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("application.id", "replay-linker");
        assertThat(new StreamsConfig(streams).getLong("commit.interval.ms")).isEqualTo(77);
    }

    /** What it is for is shown by {@code BacklogIT} of the topology. */
    @Test
    void shouldLetATaskWaitForOlderRecordsThatItCanFetch() {
        assertThat(new StreamsConfig(properties(Map.of()).streams()).getLong("max.task.idle.ms"))
                .isZero();
    }

    @Test
    void shouldKnowHowLongAConsumerMayBeBusy() {
        assertThat(properties(Map.of()).maxPollInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(properties(Map.of(
                                "kafka.max.poll.interval.ms", "1000",
                                "kafka.consumer.max.poll.interval.ms", "2000",
                                "kafka.main.consumer.max.poll.interval.ms", "3000"))
                        .maxPollInterval())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldGiveEachClientWhatIsMeantForIt() {
        KafkaProperties properties = properties(Map.of(
                "kafka.security.protocol", "SSL",
                "kafka.num.standby.replicas", "1",
                "kafka.consumer.max.poll.records", "7",
                "kafka.admin.retries", "3",
                "kafka.producer.acks", "all"));

        assertThat(properties.consumer("group"))
                .containsOnly(
                        Map.entry("bootstrap.servers", "localhost:9092"),
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("max.poll.records", "7"),
                        Map.entry("group.id", "group"));
        assertThat(properties.producer())
                .containsOnly(
                        Map.entry("bootstrap.servers", "localhost:9092"),
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("acks", "all"));
        assertThat(properties.admin())
                .containsOnly(
                        Map.entry("bootstrap.servers", "localhost:9092"),
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("retries", "3"));
    }

    private static KafkaProperties properties(Map<String, String> content) {
        Map<String, String> all = new HashMap<>(content);
        all.put("kafka.bootstrap.servers", "localhost:9092");
        all.put("schema.registry.url", "mock://test");
        Settings settings = SettingsReader.of(all);
        return new KafkaProperties(settings);
    }
}
