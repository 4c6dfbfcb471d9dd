package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** A step of the join whose state is the log: gives it the blocks of its topic, and forwards what it emits. */
final class LogStep extends ContextualProcessor<byte[], byte[], byte[], Object> implements StepState.Output {

    private static final Duration NOTE_EVERY = Duration.ofSeconds(1);

    private final String step;
    private final List<String> next;
    private final Set<StepState> live;
    private final JoinCounts counts;
    private final JoinGauges gauges;
    private StepState state;

    /**
     * Not yet on its state.
     *
     * @param next names of the sinks to the steps behind it, which must not be ahead of it and so hear how far it has come
     * @param live holds the states of the steps that run in this process
     */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    LogStep(String step, List<String> next, Set<StepState> live, JoinCounts counts, JoinGauges gauges) {
        this.step = step;
        this.next = next;
        this.live = live;
        this.counts = counts;
        this.gauges = gauges;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        state = context.getStateStore(LogSteps.store(step));
        live.add(state);
        context.schedule(NOTE_EVERY, PunctuationType.WALL_CLOCK_TIME, nowMs -> {
            state.emitTo(this);
            gauges.note(this, state.note(step));
        });
    }

    @Override
    public void process(Record<byte[], byte[]> block) {
        state.emitTo(this);
        state.take(block.value(), block.timestamp());
    }

    @Override
    public void close() {
        state.silence(this);
        live.remove(state);
        gauges.forget(this);
    }

    @Override
    public void resolved(Claim claim) {
        forward(claim.getReplayId(), new JoinInput.EventClaim(claim), LogSteps.CONFIRMED);
    }

    @Override
    public void verdict(Claim claim) {
        forward(claim.getEvent().getEventId(), new JoinInput.EventClaim(claim), LogSteps.CHOSEN);
    }

    @Override
    public void link(Link link) {
        counts.link(link);
        forward(link.getReplayId(), link, LogSteps.LINKS);
    }

    @Override
    public void unlinked(Unlinked unlinked) {
        if (unlinked.getClaimed()) {
            counts.unlinked(unlinked.getReason());
        }
        forward(unlinked.getEvent().getEventId(), unlinked, LogSteps.UNLINKED);
    }

    @Override
    public void life(ReplayLife life) {
        forward(life.getReplayId(), life, LogSteps.LIVES);
    }

    @Override
    public void unclaimed(UnlinkedReason reason) {
        counts.unclaimed(reason);
    }

    /** Behind what was emitted until then, so that nothing is forgotten in the next step that this one has yet to ask for. */
    @Override
    public void clock(long timeMs) {
        String source = LogSteps.partition(step, context().taskId().partition());
        JoinInput.Tick tick = new JoinInput.Tick(source, timeMs, context().currentSystemTimeMs());
        next.forEach(sink -> context().forward(new Record<>(null, tick, state.inputMs()), sink));
    }

    @Override
    public void expired(int rows) {
        gauges.expired(step, rows);
    }

    private void forward(Id key, Object value, String kind) {
        context().forward(new Record<>(key.bytes(), value, state.inputMs()), step + kind);
    }
}
