package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.JoinOutput;
import io.replaylinker.topology.join.KeyedJoin;
import io.replaylinker.topology.join.Rows;
import io.replaylinker.topology.shuffle.Block;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** A {@link KeyedJoin} as a step of the topology: its rows in a store, its clock from the replay side, its words forwarded. */
final class JoinStep extends ContextualProcessor<byte[], JoinInput, byte[], Object> implements JoinOutput {

    /** Its children, by the end of their names: each kind of word goes to its own, past the others. */
    static final String CLAIMS = "-claims";

    static final String VERDICTS = "-verdicts";

    static final String LINKS = "-links";
    static final String LIVES = "-lives";
    static final String UNLINKED = "-unlinked";
    static final String CLOCK = "-clock";

    /** Makes a step of the join on its rows, on its deadlines, with a place for its words. */
    interface Joins {
        KeyedJoin on(Rows rows, Rows deadlines, JoinOutput words);
    }

    /** A block has fewer entries than that. */
    private static final int ENTRY_BITS = 16;

    private final JoinInputSerde.Reader entries = new JoinInputSerde.Reader();
    private final JoinStores stores;
    private final Joins joins;
    private final ReplaySideSettings replaySide;
    private final Windows windows;
    private final JoinCounts counts;
    private final JoinGauges gauges;
    private KeyedJoin join;
    private Expiry expiry;
    private long timestampMs;
    /** Of the next input: the place of its block in the topic, then its place in the block. */
    private long offset;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    JoinStep(
            JoinStores stores,
            Joins joins,
            ReplaySideSettings replaySide,
            Windows windows,
            JoinCounts counts,
            JoinGauges gauges) {
        this.stores = stores;
        this.joins = joins;
        this.replaySide = replaySide;
        this.windows = windows;
        this.counts = counts;
        this.gauges = gauges;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        join = joins.on(
                new StoreRows(context.getStateStore(stores.rows())),
                new StoreRows(context.getStateStore(stores.deadlines())),
                this);
        ClockTeller teller = new ClockTeller(replaySide, this::tick);
        expiry = Expiry.schedule(
                context, replaySide, windows, stores.step(), join, gauges, nowMs -> timestampMs = nowMs, timeMs -> {
                    if (!stores.clocks().isEmpty()) {
                        teller.tell(timeMs, timestampMs);
                    }
                });
    }

    @Override
    public void process(Record<byte[], JoinInput> record) {
        if (record.value() instanceof JoinInput.Packed packed) {
            // Above the offsets of all entries of the blocks before.
            offset = context().recordMetadata().orElseThrow().offset() << ENTRY_BITS;
            Block.read(
                    packed.block(),
                    record.timestamp(),
                    (block, from, length, timestampMs) -> take(entries.read(block, from, length), timestampMs));
        } else {
            // In one task with the sources there is no place in a topic: each has offsets of its own.
            take(record.value(), record.timestamp());
        }
    }

    private void take(JoinInput input, long inputMs) {
        timestampMs = inputMs;
        if (input instanceof JoinInput.Tick tick) {
            expiry.advance(tick);
        } else {
            input.into(join, offset++);
        }
    }

    @Override
    public void close() {
        expiry.stop();
    }

    @Override
    public void resolved(Claim claim) {
        forward(claim.getReplayId(), claim, CLAIMS);
    }

    @Override
    public void verdict(Claim claim) {
        forward(claim.getEvent().getEventId(), claim, VERDICTS);
    }

    @Override
    public void link(Link link) {
        counts.link(link);
        forward(link.getReplayId(), link, LINKS);
    }

    @Override
    public void unlinked(Unlinked unlinked) {
        if (unlinked.getClaimed()) {
            counts.unlinked(unlinked.getReason());
        }
        forward(unlinked.getEvent().getEventId(), unlinked, UNLINKED);
    }

    @Override
    public void life(ReplayLife life) {
        forward(life.getReplayId(), life, LIVES);
    }

    @Override
    public void unclaimed(UnlinkedReason reason) {
        counts.unclaimed(reason);
    }

    /**
     * Tells the next step how far this one has come, so that nothing is forgotten there that this one has yet to ask for. It is told
     * behind the claims that were resolved until then.
     */
    private void tick(long timeMs) {
        String source = stores.step() + "-" + context().taskId().partition();
        Record<byte[], Object> tick = new Record<>(null, new JoinInput.Tick(source, timeMs, timestampMs), timestampMs);
        stores.clocks().forEach(child -> context().forward(tick, stores.step() + CLOCK + "-" + child));
    }

    private void forward(Id key, SpecificRecord value, String kind) {
        context().forward(new Record<>(key.bytes(), value, timestampMs), stores.step() + kind);
    }
}
