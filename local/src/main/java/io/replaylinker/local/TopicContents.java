package io.replaylinker.local;

import io.replaylinker.runtime.wiring.DecodedValues;
import io.replaylinker.serdes.RecordDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads an output topic from its beginning to a known end. */
record TopicContents(Map<String, Object> consumerProperties) {

    private static final Duration POLL = Duration.ofMillis(100);

    <T> List<T> read(Map<TopicPartition, Long> ends, RecordDecoder<T> decoder) {
        List<T> values = new ArrayList<>();
        try (Consumer<byte[], T> consumer =
                new KafkaConsumer<>(consumerProperties, new ByteArrayDeserializer(), new DecodedValues<>(decoder))) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
