package io.replaylinker.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.serdes.avro.ValueSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DeadLetterProducerIT {

    private static EmbeddedKafka kafka = EmbeddedKafka.start();

    private final ValueSerdes serdes = ValueSerdes.of(Map.of("schema.registry.url", "mock://letters"));

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldHaveTheDeadLetterOnItsTopicWhenItReturns() {
        kafka.createTopic("dead-letters", 1, Map.of());

        producer(Map.of("bootstrap.servers", kafka.bootstrapServers())).write(deadLetter());

        try (KafkaConsumer<byte[], ?> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                serdes.deserializer(DeadLetter.class))) {
            consumer.assign(List.of(new TopicPartition("dead-letters", 0)));
            ConsumerRecords<byte[], ?> records = consumer.poll(Duration.ofSeconds(30));
            assertThat(records.records("dead-letters"))
                    .singleElement()
                    .satisfies(record -> assertThat((Object) record.value()).isEqualTo(deadLetter()));
        }
    }

    @Test
    void shouldReportThatItMayPassWhenKafkaIsAway() {
        DeadLetterProducer away = producer(Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", "200"));

        assertThatThrownBy(() -> away.write(deadLetter()))
                .isInstanceOfSatisfying(StorageException.class, failure -> assertThat(failure.errorClass())
                        .isEqualTo(ErrorClass.RETRYABLE))
                .hasMessageStartingWith("a dead letter cannot be written to dead-letters: ");
    }

    private DeadLetterProducer producer(Map<String, Object> properties) {
        return new DeadLetterProducer(
                DeadLetterProducer.safest(new HashMap<>(properties)),
                serdes.serializer(DeadLetter.class),
                "dead-letters");
    }

    private static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setTopic("replay-links")
                .setPartition(1)
                .setOffset(7)
                .setRecordTimestampMs(1_772_600_767_890L)
                .setStage("sink")
                .setReason("ROW_REFUSED")
                .setDetail("a constraint of the table refuses a row (code 469)")
                .setSizeBytes(5)
                .build();
    }
}
