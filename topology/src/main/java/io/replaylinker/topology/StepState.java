package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Explainer;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.join.HeapRows;
import io.replaylinker.topology.join.JoinOutput;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.KeyedJoin;
import io.replaylinker.topology.shuffle.Block;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;

/**
 * A step of the join on one partition, in memory: what it made of the blocks of its topic, in their order. Time is what the ticks among them
 * say, so the same blocks always come to the same state. Kafka Streams restores it from the topic itself, up to the committed
 * offset, and nothing is emitted meanwhile: it was, when the blocks were read for the first time.
 */
final class StepState implements StateStore {

    /** Makes the join of a step on its rows. */
    interface Joins {
        KeyedJoin on(HeapRows rows, HeapRows deadlines, JoinOutput output);
    }

    /** What was known of organizations before the window of the log. */
    interface Known {

        /** Gives project and organization, by project, of those that were learned before a moment, epoch milliseconds. */
        void each(long beforeMs, BiConsumer<Long, Long> action);
    }

    /** Where what it emits goes once it is restored. */
    interface Output extends JoinOutput {

        /** How far the step has come; see {@link JoinInput.Tick}. */
        void clock(long timeMs);

        /** So many rows were looked at because they were due. */
        void expired(int rows);
    }

    private final String name;
    private final ReplaySideSettings settings;
    private final List<String> stepsBefore;
    private final Windows windows;
    private final Known organizations;
    private final Joins joins;
    private final JoinInputSerde.Reader entries = new JoinInputSerde.Reader();
    private final Switch output = new Switch();
    private HeapRows rows = new HeapRows();
    private KeyedJoin join;
    private ClockTeller teller;
    private @Nullable ReplayClock clock;
    private long reachedMs = ReplayClock.BEGINNING;
    private long inputs;
    private long inputMs;
    private boolean begun;
    private boolean open;

    /**
     * Knows nothing yet.
     *
     * @param stepsBefore whose clocks it has to hear before it moves its own, as they name themselves
     */
    StepState(
            String name,
            Joins joins,
            ReplaySideSettings settings,
            List<String> stepsBefore,
            Windows windows,
            Known organizations) {
        this.name = name;
        this.settings = settings;
        this.stepsBefore = stepsBefore;
        this.windows = windows;
        this.organizations = organizations;
        this.joins = joins;
        this.join = joins.on(rows, new HeapRows(), output);
        this.teller = new ClockTeller(settings, output::clock);
    }

    /** Knows nothing again: Kafka Streams may give a task that it revives the same store, and restores it from the beginning. */
    private synchronized void clear() {
        output.live = null;
        rows = new HeapRows();
        join = joins.on(rows, new HeapRows(), output);
        teller = new ClockTeller(settings, output::clock);
        clock = null;
        reachedMs = ReplayClock.BEGINNING;
        inputs = 0;
        begun = false;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clear();
        open = true;
        windows.opened(this);
        BatchingStateRestoreCallback restore = blocks -> blocks.forEach(block -> take(block.value, 0));
        context.register(root, restore);
    }

    /** From now on what it says is emitted. */
    synchronized void emitTo(Output live) {
        output.live = live;
    }

    /**
     * Takes a block of its topic.
     *
     * @param recordMs timestamp of its record, epoch milliseconds
     */
    synchronized void take(byte[] block, long recordMs) {
        Block.read(block, recordMs, (bytes, from, length, timestampMs) -> {
            inputMs = timestampMs;
            begin(timestampMs);
            JoinInput input = entries.read(bytes, from, length);
            if (input instanceof JoinInput.Tick tick) {
                advance(tick);
            } else {
                input.into(join, ++inputs);
            }
        });
    }

    /**
     * Learns the organizations from before its window. Nothing that lies in the window: that comes at its own place, or a
     * step that is restored would know it earlier than the one before it, whose last output, not committed, would then stand.
     */
    private void begin(long timestampMs) {
        if (!begun) {
            begun = true;
            organizations.each(
                    timestampMs, (project, organization) -> join.onAffiliation(project, organization, ++inputs));
        }
    }

    private void advance(JoinInput.Tick tick) {
        ReplayClock known = clock;
        if (known == null) {
            known = new ReplayClock(tick.emittedAtMs(), settings);
            for (String step : stepsBefore) {
                known.advance(new JoinInput.Tick(step, ClockTeller.UNKNOWN, tick.emittedAtMs()));
            }
            clock = known;
        }
        known.advance(tick);
        boolean isEnd = tick.timeMs() == RecordClock.END;
        long untilMs = known.timeMs(isEnd ? Long.MAX_VALUE : tick.emittedAtMs());
        if (untilMs == RecordClock.END) {
            Closing.close(join);
            windows.closed(this);
        } else if (untilMs > reachedMs) {
            output.expired(Closing.expire(join, untilMs));
        }
        reachedMs = Math.max(reachedMs, untilMs);
        teller.tell(untilMs, tick.emittedAtMs());
    }

    /** Timestamp of the input that it took last, epoch milliseconds. */
    long inputMs() {
        return inputMs;
    }

    /** Where it stands, for the gauges. */
    synchronized JoinGauges.Note note(String step) {
        return new JoinGauges.Note(step, join.waiting(), reachedMs, 0);
    }

    /** Answers from its rows, while it takes nothing. */
    synchronized List<Explanation> explain(JoinSettings join, Function<Explainer, List<Explanation>> question) {
        return question.apply(new Explainer(rows, join));
    }

    @Override
    public String name() {
        return name;
    }

    /** From now on it follows its topic in silence. */
    synchronized void silence(Output former) {
        if (output.live == former) {
            output.live = null;
        }
    }

    @Override
    public void close() {
        open = false;
        windows.closed(this);
        clear();
    }

    /** In memory: nothing of it is on disk, so each start restores it whole. */
    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Drops what is emitted until it is live. */
    private static final class Switch implements Output {

        private @Nullable Output live;

        @Override
        public void resolved(Claim claim) {
            if (live != null) {
                live.resolved(claim);
            }
        }

        @Override
        public void verdict(Claim claim) {
            if (live != null) {
                live.verdict(claim);
            }
        }

        @Override
        public void link(Link link) {
            if (live != null) {
                live.link(link);
            }
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            if (live != null) {
                live.unlinked(unlinked);
            }
        }

        @Override
        public void life(ReplayLife life) {
            if (live != null) {
                live.life(life);
            }
        }

        @Override
        public void unclaimed(UnlinkedReason reason) {
            if (live != null) {
                live.unclaimed(reason);
            }
        }

        @Override
        public void clock(long timeMs) {
            if (live != null) {
                live.clock(timeMs);
            }
        }

        @Override
        public void expired(int rows) {
            if (live != null) {
                live.expired(rows);
            }
        }
    }
}
