package io.replaylinker.benchmarks.peer;

import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.topology.claim.SegmentReader;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Segments as sightings: one keyed by the replay, and one for each trace that it lists, keyed by the trace. */
final class ObservationInput extends ContextualProcessor<byte[], byte[], byte[], ReplayObservation> {

    private final RecordDecoder<ReplaySegment> decoder;
    private final SegmentReader reader = EvidenceReading.segments();

    ObservationInput(RecordDecoder<ReplaySegment> decoder) {
        this.decoder = decoder;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Decoded<ReplaySegment> decoded = decoder.decode("", record.headers(), record.value());
        if (!(decoded instanceof Decoded.Value<ReplaySegment> value)) {
            return;
        }
        ReplayObservation observation = reader.read(value.value(), record.timestamp());
        if (observation != null) {
            forward(observation.getReplayId(), observation);
            SegmentReader.traces(value.value(), observation).forEach(trace -> forward(trace.getTraceId(), observation));
        }
    }

    private void forward(Id key, ReplayObservation observation) {
        context().forward(new Record<>(key.bytes(), observation, observation.getSeenMs()));
    }
}
