package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.topology.join.Chooser;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.JoinOutput;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.KeyedJoin;
import io.replaylinker.topology.join.Resolver;
import io.replaylinker.topology.join.Rows;
import java.time.Duration;
import org.apache.kafka.streams.KeyValue;

/**
 * All steps of the join in one thread, in memory and without Kafka Streams. The input is finite and ordered by record
 * time. Time advances only by {@link #advance}, never by the wall clock: expiry depends on the records alone. Not
 * thread-safe.
 */
public final class BoundedJoin {

    private static final long ROUND_EVERY_MS = Duration.ofSeconds(1).toMillis();

    private final ClaimInputs claims;
    private final ReplayInputs replays;
    private final JoinCounts counts;
    private final Listener listener;
    private final Resolver resolver;
    private final Chooser chooser;
    private final Confirmer confirmer;
    private final Evidence evidence = new Evidence();
    private long roundAtMs;

    /** Receives the output. All calls happen within a call of a method of the join. */
    public interface Listener {

        /** An event was read that has evidence, or a backend error without any. Its further output follows later. */
        void claimed(EventSummary event);

        /** A link; a deleted one is a retraction. */
        void link(Link link);

        /** The event claimed a replay and has none. */
        void unlinked(Unlinked unlinked);

        /** The state of a replay as known so far. */
        void replayState(ReplayState replayState);
    }

    /** Starts with empty state. */
    public BoundedJoin(EvidenceSettings evidence, JoinSettings join, JoinCounts counts, Listener listener) {
        this.claims = new ClaimInputs(evidence, ContextSettings.OFF, new ClassicProjects(), counts);
        this.replays = new ReplayInputs(evidence, counts);
        this.counts = counts;
        this.listener = listener;
        Output output = new Output();
        this.resolver = new Resolver(new Rows(), join, output);
        this.chooser = new Chooser(new Rows(), join, output);
        this.confirmer = new Confirmer(new Rows(), join, output);
    }

    /** Adds an affiliation that is known before the first record: the project belongs to the organization. */
    public void learn(long project, long organization) {
        toAll(new JoinInput.Affiliation(project, organization));
    }

    /**
     * Reads a record of an event topic.
     *
     * @param recordMs timestamp of the record, epoch milliseconds
     */
    public void event(String topic, Decoded<BackendEvent> decoded, long recordMs) {
        counts.record(topic, recordMs);
        if (decoded instanceof Decoded.Value<BackendEvent> value) {
            claims.event(value.value(), recordMs, evidence);
        } else if (decoded instanceof Decoded.Tombstones<BackendEvent> deleted) {
            claims.deleted(deleted, recordMs, evidence);
        } else {
            countOther(topic, decoded);
        }
    }

    /**
     * Reads a record of a span topic.
     *
     * @param recordMs timestamp of the record, epoch milliseconds
     */
    public void span(String topic, Decoded<Span> decoded, long recordMs) {
        counts.record(topic, recordMs);
        if (decoded instanceof Decoded.Value<Span> value) {
            claims.span(value.value(), recordMs, evidence);
        } else {
            countOther(topic, decoded);
        }
    }

    /**
     * Reads a record of a replay topic.
     *
     * @param recordMs timestamp of the record, epoch milliseconds
     */
    public void replay(String topic, Decoded<ReplaySegment> decoded, long recordMs) {
        counts.record(topic, recordMs);
        if (decoded instanceof Decoded.Value<ReplaySegment> value) {
            replays.read(value.value(), recordMs, this::route);
        } else {
            countOther(topic, decoded);
        }
    }

    /**
     * Advances the time: all records before this moment have been read. Expired events are emitted and expired state is
     * removed. Must be called before the records of the moment itself, which are too late for that expiry.
     *
     * @param timeMs epoch milliseconds; never smaller than before
     */
    public void advance(long timeMs) {
        if (timeMs - roundAtMs >= ROUND_EVERY_MS) {
            roundAtMs = timeMs;
            Expiry.expire(resolver, timeMs);
            Expiry.expire(chooser, timeMs);
            Expiry.expire(confirmer, timeMs);
        }
    }

    /** Ends the input: events that still wait are emitted as unlinked, and all state is removed. */
    public void close() {
        Expiry.expireAll(resolver);
        Expiry.expireAll(chooser);
        Expiry.expireAll(confirmer);
    }

    private void countOther(String topic, Decoded<?> decoded) {
        if (decoded instanceof Decoded.Control<?> control) {
            counts.control(topic, control.operation());
        } else if (decoded instanceof Decoded.IssueChange<?> change) {
            counts.control(topic, change.operation());
        } else if (decoded instanceof Decoded.Rejection<?> rejection) {
            counts.rejected(topic, rejection.reason());
        }
    }

    private void toAll(JoinInput input) {
        take(resolver, input);
        take(chooser, input);
        take(confirmer, input);
    }

    private void route(JoinInput input) {
        for (KeyValue<byte[], JoinInput> routed : Routes.byTrace(null, input)) {
            take(resolver, routed.value);
        }
        for (KeyValue<byte[], JoinInput> routed : Routes.byEvent(null, input)) {
            take(chooser, routed.value);
        }
        for (KeyValue<byte[], JoinInput> routed : Routes.byReplay(null, input)) {
            take(confirmer, routed.value);
        }
    }

    private void take(KeyedJoin step, JoinInput input) {
        input.into(step);
    }

    private final class Evidence implements ClaimInputs.Sink {

        @Override
        public void accept(JoinInput input) {
            if (input.forAll()) {
                toAll(input);
                return;
            }
            if (input instanceof JoinInput.EventClaim claim) {
                listener.claimed(claim.claim().getEvent());
            }
            route(input);
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            listener.claimed(unlinked.getEvent());
            listener.unlinked(unlinked);
        }

        @Override
        public void node(TraceNode node) {
            throw new IllegalStateException("a bounded join has no trees of traces");
        }
    }

    private final class Output implements JoinOutput {

        @Override
        public void resolved(Claim claim) {
            confirmer.onClaim(claim);
        }

        @Override
        public void verdict(Claim claim) {
            chooser.onClaim(claim);
        }

        @Override
        public void link(Link link) {
            listener.link(link);
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            listener.unlinked(unlinked);
        }

        @Override
        public void replayState(ReplayState replayState) {
            listener.replayState(replayState);
        }

        @Override
        public void unclaimed(UnlinkedReason reason) {
            counts.unclaimed(reason);
        }
    }
}
