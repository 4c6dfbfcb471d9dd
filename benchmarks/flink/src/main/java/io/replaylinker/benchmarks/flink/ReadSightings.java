package io.replaylinker.benchmarks.flink;

import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.topology.claim.SegmentReader;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/** Segments as sightings: one keyed by the replay, and one for each trace that it lists, keyed by the trace. */
final class ReadSightings extends Reading<ReplaySegment> {

    private static final long serialVersionUID = 1L;
    private static final byte[] NO_HEAD = {};

    private transient SegmentReader segments;
    private transient AvroBinary<Sighting> binary;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ReadSightings(Format format) {
        super(format);
    }

    @Override
    RecordDecoder<ReplaySegment> decoder(Format format) {
        return segments(format);
    }

    @Override
    public void open(OpenContext context) {
        super.open(context);
        segments = EvidenceReading.segments();
        binary = new AvroBinary<>(Sighting.getClassSchema());
    }

    @Override
    public void flatMap(byte[] message, Collector<Compact> out) {
        ReplaySegment segment = read(message);
        Sighting sighting = segment == null ? null : segments.read(segment, System.currentTimeMillis());
        if (segment != null && sighting != null) {
            out.collect(compact(sighting.getReplayId(), sighting));
            SegmentReader.traces(segment, sighting)
                    .forEach(trace -> out.collect(compact(trace.getTraceId(), sighting)));
        }
    }

    private Compact compact(Id key, Sighting sighting) {
        return new Compact(key.bytes(), sighting.getSeenMs(), binary.write(NO_HEAD, sighting));
    }
}
