package io.replaylinker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaIT {
    @Test
    void shouldShowCommittedRecordsOnly() throws Exception {
        long t0 = System.nanoTime();
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            System.out.println("start ms " + (System.nanoTime() - t0) / 1_000_000);
            kafka.createTopic("t", 2, Map.of("cleanup.policy", "compact"));
            System.out.println("topic ms " + (System.nanoTime() - t0) / 1_000_000);
            Properties p = new Properties();
            p.put("bootstrap.servers", kafka.bootstrapServers());
            p.put("transactional.id", "x");
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(p, new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("t", 0, "k", "v")).get();
                producer.commitTransaction();
            }
            System.out.println("tx ms " + (System.nanoTime() - t0) / 1_000_000);
            Properties c = new Properties();
            c.put("bootstrap.servers", kafka.bootstrapServers());
            try (KafkaConsumer<String, String> consumer =
                    new KafkaConsumer<>(c, new StringDeserializer(), new StringDeserializer())) {
                consumer.assign(List.of(new TopicPartition("t", 0)));
                consumer.seekToBeginning(consumer.assignment());
                assertThat(consumer.poll(Duration.ofSeconds(10))).hasSize(1);
            }
            t0 = System.nanoTime();
        }
        System.out.println("close ms " + (System.nanoTime() - t0) / 1_000_000);
    }
}
