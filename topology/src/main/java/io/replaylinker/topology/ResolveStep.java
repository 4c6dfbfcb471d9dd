package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.Resolver;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** {@link Resolver} as a step of the topology: its rows in a store, its clock from the replay side, its words forwarded. */
final class ResolveStep extends ContextualProcessor<byte[], JoinInput, byte[], SpecificRecord>
        implements Resolver.Output {

    static final String STORE = "resolve-rows";

    private final JoinSettings join;
    private final ReplaySideSettings replaySide;
    private final Windows windows;
    private final JoinCounts counts;
    private Resolver resolver;
    private Expiry expiry;
    private long timestampMs;

    @SuppressWarnings("NullAway.Init")
    ResolveStep(JoinSettings join, ReplaySideSettings replaySide, Windows windows, JoinCounts counts) {
        this.join = join;
        this.replaySide = replaySide;
        this.windows = windows;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<byte[], SpecificRecord> context) {
        super.init(context);
        resolver = new Resolver(new StoreRows(context.getStateStore(STORE)), join, this);
        expiry = Expiry.schedule(context, replaySide, windows, resolver::expire, nowMs -> timestampMs = nowMs);
    }

    @Override
    public void process(Record<byte[], JoinInput> record) {
        timestampMs = record.timestamp();
        long offset = context().recordMetadata().orElseThrow().offset();
        JoinInput input = record.value();
        if (input instanceof JoinInput.EventClaim event) {
            resolver.onClaim(event.claim(), offset);
        } else if (input instanceof JoinInput.ReplaySighting replay) {
            resolver.onWitness(replay.sighting(), offset);
        } else if (input instanceof JoinInput.Affiliation affiliation) {
            resolver.onAffiliation(affiliation.projectId(), affiliation.organizationId());
        } else if (input instanceof JoinInput.Tick tick) {
            expiry.advance(tick);
        }
    }

    @Override
    public void close() {
        expiry.stop();
    }

    @Override
    public void resolved(Claim claim) {
        context().forward(new Record<>(claim.getReplayId().bytes(), claim, timestampMs));
    }

    @Override
    public void unlinked(Unlinked unlinked) {
        counts.unlinked(unlinked.getReason());
        context().forward(new Record<>(unlinked.getEvent().getEventId().bytes(), unlinked, timestampMs));
    }

    @Override
    public void unclaimed(UnlinkedReason reason) {
        counts.unclaimed(reason);
    }
}
