package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** A step of the join: passes the blocks of its topic to its state, and forwards the output. */
final class JoinStep extends ContextualProcessor<byte[], byte[], byte[], Object> implements StepState.Output {

    private static final Duration NOTE_EVERY = Duration.ofSeconds(1);

    private final String step;
    private final List<String> next;
    private final ShuffleSink toChoose;
    private final ShuffleSink toConfirm;
    private final Set<StepState> live;
    private final JoinCounts counts;
    private final JoinGauges gauges;
    private StepState state;
    private long notedMs = WatermarkEmitter.UNKNOWN;

    /**
     * Creates the step without its state.
     *
     * @param next names of the sinks to the next steps, which must not be ahead of this one and therefore receive its
     *     watermark
     * @param toChoose for the verdicts of resolve
     * @param toConfirm for the claims that name a replay now
     * @param live holds the states of the steps that run in this process
     */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    JoinStep(
            String step,
            List<String> next,
            ShuffleSink toChoose,
            ShuffleSink toConfirm,
            Set<StepState> live,
            JoinCounts counts,
            JoinGauges gauges) {
        this.step = step;
        this.next = next;
        this.toChoose = toChoose;
        this.toConfirm = toConfirm;
        this.live = live;
        this.counts = counts;
        this.gauges = gauges;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        state = context.getStateStore(JoinSteps.store(step));
        live.add(state);
        context.schedule(NOTE_EVERY, PunctuationType.WALL_CLOCK_TIME, nowMs -> note());
    }

    @Override
    public void process(Record<byte[], byte[]> block) {
        state.emitTo(this);
        state.begin(offset());
        state.take(block.value(), block.timestamp());
    }

    /** Offset of the block that is being read. */
    private long offset() {
        return context().recordMetadata().orElseThrow().offset();
    }

    /** Notes the progress in the gauges, and in its own topic for a restore. */
    private void note() {
        gauges.note(this, state.note());
        long reachedMs = state.reachedMs();
        if (reachedMs > notedMs && reachedMs != RecordTimeWatermarks.END) {
            notedMs = reachedMs;
            context().forward(new Record<>(null, watermark(reachedMs), state.inputMs()), step + JoinSteps.PROGRESS);
        }
    }

    @Override
    public void close() {
        state.silence(this);
        live.remove(state);
        gauges.forget(this);
    }

    @Override
    public void resolved(Claim claim) {
        send(claim.getReplayId(), claim, toConfirm);
    }

    @Override
    public void verdict(Claim claim) {
        send(claim.getEvent().getEventId(), claim, toChoose);
    }

    /**
     * The timestamp is at least the watermark of this step, however early the input came that the claim results from.
     */
    private void send(Id key, Claim claim, ShuffleSink sink) {
        long timestampMs = Math.max(state.inputMs(), claim.getEvent().getReceivedMs());
        sink.send(context(), new Record<>(key.bytes(), new JoinInput.EventClaim(claim), timestampMs));
    }

    @Override
    public void link(Link link) {
        counts.link(link);
        forward(link.getReplayId(), link, OutputHeaders.of(link), JoinSteps.LINKS);
    }

    @Override
    public void unlinked(Unlinked unlinked) {
        if (unlinked.getClaimed()) {
            counts.unlinked(unlinked.getReason());
        }
        forward(unlinked.getEvent().getEventId(), unlinked, OutputHeaders.of(unlinked), JoinSteps.UNLINKED);
    }

    @Override
    public void replayState(ReplayState replayState) {
        forward(replayState.getReplayId(), replayState, OutputHeaders.of(replayState), JoinSteps.REPLAY_STATES);
    }

    @Override
    public void unclaimed(UnlinkedReason reason) {
        counts.unclaimed(reason);
    }

    /**
     * The watermark follows what was emitted until then, so that the next step forgets nothing that this one has yet to
     * look up.
     */
    @Override
    public void advanced(long timeMs) {
        next.forEach(sink -> context().forward(new Record<>(null, watermark(timeMs), state.inputMs()), sink));
    }

    private JoinInput.Watermark watermark(long timeMs) {
        String source = JoinSteps.partition(step, context().taskId().partition());
        return new JoinInput.Watermark(source, timeMs, context().currentSystemTimeMs());
    }

    @Override
    public void expired(int rows) {
        gauges.expired(step, rows);
    }

    @Override
    public void relieved(int rows) {
        gauges.relieved(step, rows);
    }

    @Override
    public void learned(JoinInput.Affiliation project) {
        byte[] key = Organizations.key(step, context().taskId().partition(), project);
        context().forward(new Record<>(key, offset(), state.inputMs()), step + JoinSteps.ORGANIZATIONS);
    }

    private void forward(Id key, Object value, Headers headers, String kind) {
        context().forward(new Record<>(key.bytes(), value, state.inputMs(), headers), step + kind);
    }
}
