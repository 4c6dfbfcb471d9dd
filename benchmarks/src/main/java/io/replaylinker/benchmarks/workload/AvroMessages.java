package io.replaylinker.benchmarks.workload;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.avro.ValueSerdes;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serializer;

/** The model as it is, in Confluent's wire form. */
final class AvroMessages implements MessageWriter {

    private static final String TOPIC = "benchmark";

    private final Serializer<BackendEvent> events;
    private final Serializer<ReplaySegment> segments;

    AvroMessages(ValueSerdes serdes) {
        events = serdes.serializer(BackendEvent.class);
        segments = serdes.serializer(ReplaySegment.class);
    }

    @Override
    public byte[] event(BackendEvent event) {
        return Objects.requireNonNull(events.serialize(TOPIC, event));
    }

    @Override
    public byte[] segment(ReplaySegment segment) {
        return Objects.requireNonNull(segments.serialize(TOPIC, segment));
    }
}
