package io.replaylinker.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.topology.claim.SegmentReader;
import io.replaylinker.topology.join.KeyedJoin;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads records and routes what they give to the three steps of the join, as the topology does, for tests that drive the steps. */
public final class StepInputs {

    /** A step of the join. */
    public enum Step {
        RESOLVE,
        CHOOSE,
        CONFIRM
    }

    /** An input of a step. */
    public static final class Input {

        private final JoinInput value;

        private Input(JoinInput value) {
            this.value = value;
        }

        /** Gives it to a step. */
        public void into(KeyedJoin join) {
            value.into(join);
        }

        JoinInput value() {
            return value;
        }
    }

    /** Where inputs go. */
    public interface Sink {

        /** An input of a step. */
        void accept(Step step, Input input);

        /** An event without any evidence has its verdict at once. */
        void unlinked(Unlinked unlinked);
    }

    private final ClaimInputs claims = new ClaimInputs(
            EvidenceSettings.defaults(),
            ContextSettings.OFF,
            new ClassicProjects(),
            new JoinCounts(new SimpleMeterRegistry()));
    private final SegmentReader segments =
            new SegmentReader(EvidenceSettings.defaults().users());
    private final Evidence evidence = new Evidence();
    private final Sink sink;

    public StepInputs(Sink sink) {
        this.sink = sink;
    }

    /** Reads an event. */
    public void event(BackendEvent event, long recordMs) {
        claims.event(event, recordMs, evidence);
    }

    /** Reads a span. */
    public void span(Span span, long recordMs) {
        claims.span(span, recordMs, evidence);
    }

    /**
     * Reads a segment.
     *
     * @return its receive time, epoch milliseconds
     */
    public long segment(ReplaySegment segment, long recordMs) {
        ReplayObservation observation = Objects.requireNonNull(segments.read(segment, recordMs));
        route(new JoinInput.ReplaySeen(observation));
        SegmentReader.traces(segment, observation).forEach(trace -> route(new JoinInput.TraceSeen(trace)));
        SegmentReader.errors(segment, observation).forEach(error -> route(new JoinInput.ErrorNamed(error)));
        return observation.getSeenMs();
    }

    /** Reads that an event was deleted. */
    public void deletion(long project, Id event, long recordMs) {
        claims.deleted(
                new Decoded.Tombstones<BackendEvent>("tombstone_events", project, List.of(event), 0),
                recordMs,
                evidence);
    }

    /** Gives an input to the steps that it concerns. */
    void route(JoinInput input) {
        Routes.byTrace(null, input).forEach(routed -> sink.accept(Step.RESOLVE, new Input(routed.value)));
        Routes.byEvent(null, input).forEach(routed -> sink.accept(Step.CHOOSE, new Input(routed.value)));
        Routes.byReplay(null, input).forEach(routed -> sink.accept(Step.CONFIRM, new Input(routed.value)));
    }

    private final class Evidence implements ClaimInputs.Sink, Consumer<JoinInput> {

        @Override
        public void accept(JoinInput input) {
            route(input);
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            sink.unlinked(unlinked);
        }

        @Override
        public void node(TraceNode node) {}
    }
}
