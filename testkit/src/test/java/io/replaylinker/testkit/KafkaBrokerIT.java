package io.replaylinker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.testkit.containers.Parts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every broker of the testkit promises. */
@ParameterizedClass
@MethodSource("io.replaylinker.testkit.containers.Parts#embeddedAndContainers")
class KafkaBrokerIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final KafkaBroker kafka;

    KafkaBrokerIT(Parts parts) {
        this.kafka = parts.kafka();
    }

    @Test
    void shouldHandACommittedTransactionToAGroupAndHideAnAbortedOne() throws Exception {
        kafka.createTopic("transactions-it", 2, Map.of());
        try (KafkaProducer<String, String> producer = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "it"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions-it", 0, "k", "aborted"))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions-it", 0, "k", "committed"))
                    .get();
            producer.commitTransaction();
        }

        List<String> values = poll("transactions-it", 1);

        assertThat(values).containsExactly("committed");
    }

    @Test
    void shouldTakeALargeMessage() throws Exception {
        kafka.createTopic("large-it", 1, Map.of());
        String large = "x".repeat(26_000_000);
        try (KafkaProducer<String, String> producer = producer(Map.of(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 30_000_000, ProducerConfig.BUFFER_MEMORY_CONFIG, 64_000_000))) {
            producer.send(new ProducerRecord<>("large-it", large)).get();
        }

        List<String> values = poll("large-it", 1);

        assertThat(values).singleElement().satisfies(value -> assertThat(value).hasSize(large.length()));
    }

    @Test
    void shouldRefuseATopicThatExists() {
        kafka.createTopic("twice-it", 1, Map.of("cleanup.policy", "compact"));

        assertThatThrownBy(() -> kafka.createTopic("twice-it", 1, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twice-it");
    }

    private KafkaProducer<String, String> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    private List<String> poll(String topic, int atLeast) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                topic + "-group",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        List<String> values = new ArrayList<>();
        Instant deadline = Instant.now().plus(TIMEOUT);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (values.size() < atLeast && Instant.now().isBefore(deadline)) {
                for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(200))) {
                    values.add(found.value());
                }
            }
            consumer.commitSync();
        }
        return values;
    }
}
