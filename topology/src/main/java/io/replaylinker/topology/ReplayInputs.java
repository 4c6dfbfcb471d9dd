package io.replaylinker.topology;

import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.topology.claim.SegmentReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of the join from a replay segment: observations of its replay, of each trace that it lists and of each
 * error that its recorder sent.
 */
final class ReplayInputs {

    private final SegmentReader segments;
    private final JoinCounts counts;

    ReplayInputs(EvidenceSettings settings, JoinCounts counts) {
        this.segments = new SegmentReader(settings.users());
        this.counts = counts;
    }

    /**
     * Reads one segment.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     * @param sink receives the inputs in this order
     * @return the observation of the replay; null when the segment has no usable replay id, and so no inputs
     */
    @Nullable ReplayObservation read(ReplaySegment segment, long recordMs, Consumer<JoinInput> sink) {
        ReplayObservation observation = segments.read(segment, recordMs);
        if (observation != null) {
            counts.replayObservation();
            sink.accept(new JoinInput.ReplaySeen(observation));
            SegmentReader.traces(segment, observation).forEach(trace -> sink.accept(new JoinInput.TraceSeen(trace)));
            SegmentReader.errors(segment, observation).forEach(error -> sink.accept(new JoinInput.ErrorNamed(error)));
        }
        return observation;
    }
}
