package io.replaylinker.runtime.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UserKeyIT {

    private static final int WORKERS = 4;

    private static KafkaBroker kafka = EmbeddedKafka.start();

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void shouldAgreeOnOneKeyWhereWorkersStartTogether() throws Exception {
        // Given
        Settings settings = settings(Map.of("application.id", "together"));
        kafka.createTopic("together-user-key", 1, Map.of());

        // When
        List<byte[]> keys = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<byte[]>> futures = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                futures.add(workers.submit(
                        () -> new TopicsWiring(settings).userKey().get()));
            }
            for (Future<byte[]> one : futures) {
                keys.add(one.get());
            }
        } finally {
            workers.shutdown();
        }

        // Then
        assertThat(keys).allSatisfy(key -> assertThat(key).hasSize(32).isEqualTo(keys.get(0)));
        assertThat(new TopicsWiring(settings).userKey().get())
                .as("at a later start")
                .isEqualTo(keys.get(0));
    }

    @Test
    void shouldTakeTheKeyOfTheSettingsAndKeepNone() {
        UserKey key = new TopicsWiring(settings(Map.of("user.hash-key", "a-long-enough-secret"))).userKey();

        assertThat(key.topic()).isEmpty();
        assertThat(key.get()).isEqualTo("a-long-enough-secret".getBytes(UTF_8));
    }

    @Test
    void shouldRefuseATopicThatHoldsNoKey() throws Exception {
        // Given
        kafka.createTopic("strange-user-key", 1, Map.of());
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("strange-user-key", "no key")).get();
        }
        UserKey key = new TopicsWiring(settings(Map.of("application.id", "strange"))).userKey();

        // When / Then
        assertThatThrownBy(key::get)
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("the first record of the topic strange-user-key is no key of 32 bytes");
    }

    private static Settings settings(Map<String, String> more) {
        Map<String, String> content = new HashMap<>(more);
        content.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        content.put("schema.registry.url", "mock://user-key");
        return SettingsReader.of(content);
    }
}
