package io.replaylinker.benchmarks.peer;

import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.topology.claim.SegmentReader;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Segments as sightings: one keyed by the replay, and one for each trace that it lists, keyed by the trace. */
final class SightingInput extends ContextualProcessor<byte[], byte[], byte[], Sighting> {

    private final RecordDecoder<ReplaySegment> decoder;
    private final SegmentReader reader = EvidenceReading.segments();

    SightingInput(RecordDecoder<ReplaySegment> decoder) {
        this.decoder = decoder;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Decoded<ReplaySegment> decoded = decoder.decode("", record.headers(), record.value());
        if (!(decoded instanceof Decoded.Value<ReplaySegment> value)) {
            return;
        }
        Sighting sighting = reader.read(value.value(), record.timestamp());
        if (sighting != null) {
            forward(sighting.getReplayId(), sighting);
            SegmentReader.traces(value.value(), sighting).forEach(trace -> forward(trace.getTraceId(), sighting));
        }
    }

    private void forward(Id key, Sighting sighting) {
        context().forward(new Record<>(key.bytes(), sighting, sighting.getSeenMs()));
    }
}
