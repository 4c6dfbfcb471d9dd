package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.topology.Source;
import io.replaylinker.topology.TopologySettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tests whether this version of the program, with these settings, can read a record that once could not be read. */
final class DecodeCheck {

    private final Map<String, Supplier<? extends RecordDecoder<?>>> formats = new HashMap<>();
    private final Map<String, RecordDecoder<?>> decoders = new HashMap<>();

    DecodeCheck(TopologySettings topologySettings) {
        Stream.of(topologySettings.events(), topologySettings.spans(), topologySettings.replays())
                .<Source<?>>flatMap(List::stream)
                .forEach(source -> formats.put(source.topic(), decoder(source)));
    }

    private static <T> Supplier<? extends RecordDecoder<T>> decoder(Source<T> source) {
        return source.decoder();
    }

    /**
     * What prevents reading it; empty when it can be read.
     *
     * @throws io.replaylinker.serdes.RegistryUnavailableException when the registry is needed and cannot be reached
     */
    Optional<String> problem(ConsumerRecord<byte[], byte[]> record) {
        Supplier<? extends RecordDecoder<?>> format = formats.get(record.topic());
        if (format == null) {
            return Optional.of("NO_SOURCE: " + record.topic() + " is not among " + SourceTopics.SETTINGS);
        }
        Decoded<?> decoded = decoders.computeIfAbsent(record.topic(), topic -> format.get())
                .decode(record.topic(), record.headers(), record.value());
        return decoded instanceof Decoded.Rejection<?> rejection
                ? Optional.of(rejection.reason() + ": " + rejection.detail())
                : Optional.empty();
    }
}
