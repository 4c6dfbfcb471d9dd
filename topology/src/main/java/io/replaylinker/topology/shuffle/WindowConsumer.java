package io.replaylinker.topology.shuffle;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer that Kafka Streams restores with. Of a topic whose blocks are a state it reports the start of the window
 * as the beginning.
 */
final class WindowConsumer extends KafkaConsumer<byte[], byte[]> {

    private final Map<String, Object> config;
    private final Window window;

    WindowConsumer(Map<String, Object> config, Window window) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.config = config;
        this.window = window;
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        super.seekToBeginning(partitions);
        List<TopicPartition> ofBlocks =
                partitions.stream().filter(window::concerns).toList();
        if (!ofBlocks.isEmpty()) {
            window.find(config, ofBlocks).forEach(this::seek);
        }
    }
}
