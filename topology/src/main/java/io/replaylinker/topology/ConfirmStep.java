package io.replaylinker.topology;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.JoinSettings;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** {@link Confirmer} as a step of the topology: its rows in a store, its clock from the replay side, its words forwarded. */
final class ConfirmStep extends ContextualProcessor<byte[], JoinInput, byte[], SpecificRecord>
        implements Confirmer.Output {

    static final String STORE = "confirm-rows";

    private final JoinSettings join;
    private final ReplaySideSettings replaySide;
    private final Windows windows;
    private final JoinCounts counts;
    private Confirmer confirmer;
    private Expiry expiry;
    private long timestampMs;

    @SuppressWarnings("NullAway.Init")
    ConfirmStep(JoinSettings join, ReplaySideSettings replaySide, Windows windows, JoinCounts counts) {
        this.join = join;
        this.replaySide = replaySide;
        this.windows = windows;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<byte[], SpecificRecord> context) {
        super.init(context);
        confirmer = new Confirmer(new StoreRows(context.getStateStore(STORE)), join, this);
        expiry = Expiry.schedule(context, replaySide, windows, confirmer::expire, nowMs -> timestampMs = nowMs);
    }

    @Override
    public void process(Record<byte[], JoinInput> record) {
        timestampMs = record.timestamp();
        long offset = context().recordMetadata().orElseThrow().offset();
        JoinInput input = record.value();
        if (input instanceof JoinInput.EventClaim event) {
            confirmer.onClaim(event.claim(), offset);
        } else if (input instanceof JoinInput.ReplaySighting replay) {
            confirmer.onSighting(replay.sighting(), offset);
        } else if (input instanceof JoinInput.Affiliation affiliation) {
            confirmer.onAffiliation(affiliation.projectId(), affiliation.organizationId());
        } else if (input instanceof JoinInput.Tick tick) {
            expiry.advance(tick);
        }
    }

    @Override
    public void close() {
        expiry.stop();
    }

    @Override
    public void link(Link link) {
        counts.link(link);
        forward(link.getReplayId(), link);
    }

    @Override
    public void unlinked(Unlinked unlinked) {
        counts.unlinked(unlinked.getReason());
        forward(unlinked.getEvent().getEventId(), unlinked);
    }

    @Override
    public void life(ReplayLife life) {
        forward(life.getReplayId(), life);
    }

    @Override
    public void unclaimed(UnlinkedReason reason) {
        counts.unclaimed(reason);
    }

    private void forward(Id key, SpecificRecord value) {
        context().forward(new Record<>(key.bytes(), value, timestampMs));
    }
}
