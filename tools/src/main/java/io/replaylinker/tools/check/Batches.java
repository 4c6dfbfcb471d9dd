package io.replaylinker.tools.check;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.KafkaProperties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How much the join's producer sends in one batch. */
final class Batches {

    private Batches() {}

    static long bytes(Settings settings) {
        return Long.parseLong(String.valueOf(new KafkaProperties(settings)
                .streams()
                .get(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG))));
    }
}
