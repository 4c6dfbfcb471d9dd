package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.settings.ProcessingGuarantee;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates consumers for inspection: without a group, so that they neither move committed offsets nor leave anything behind. */
public final class SourceConsumer {

    private SourceConsumer() {}

    /** Reads with the isolation level of the worker's join. */
    public static Consumer<byte[], byte[]> of(Settings settings, String client) {
        Map<String, Object> properties = new KafkaProperties(settings).consumer(client);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        if (settings.get(WorkerSettings.PROCESSING_GUARANTEE) == ProcessingGuarantee.EXACTLY_ONCE_V2) {
            properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        }
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
