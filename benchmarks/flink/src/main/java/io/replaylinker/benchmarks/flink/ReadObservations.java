package io.replaylinker.benchmarks.flink;

import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.topology.claim.SegmentReader;
import org.apache.avro.Schema;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/** Segments as observations: one keyed by the replay, and one for each trace that it lists, keyed by the trace. */
final class ReadObservations extends Reading<ReplaySegment, ReplayObservation> {

    private static final long serialVersionUID = 1L;

    private transient SegmentReader segments;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ReadObservations(Format format) {
        super(format);
    }

    @Override
    RecordDecoder<ReplaySegment> decoder(Format format) {
        return segments(format);
    }

    @Override
    Schema schema() {
        return ReplayObservation.getClassSchema();
    }

    @Override
    public void open(OpenContext context) {
        super.open(context);
        segments = EvidenceReading.segments();
    }

    @Override
    public void flatMap(byte[] message, Collector<Compact> out) {
        ReplaySegment segment = read(message);
        ReplayObservation observation = segment == null ? null : segments.read(segment, System.currentTimeMillis());
        if (segment != null && observation != null) {
            out.collect(compact(observation.getReplayId(), observation.getSeenMs(), observation));
            SegmentReader.traces(segment, observation)
                    .forEach(trace -> out.collect(compact(trace.getTraceId(), observation.getSeenMs(), observation)));
        }
    }
}
