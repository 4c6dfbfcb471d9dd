package io.replaylinker.topology;

import io.replaylinker.serdes.RecordDecoder;
import java.util.function.Supplier;

/**
 * One input topic and its format.
 *
 * @param decoder makes a decoder for each task, because decoders belong to one thread
 */
public record Source<T>(String topic, Supplier<RecordDecoder<T>> decoder) {

    public Source {
        if (topic.isBlank()) {
            throw new IllegalArgumentException("a source needs a topic");
        }
    }
}
