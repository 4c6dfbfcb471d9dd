package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Explainer;
import io.replaylinker.topology.join.JoinOutput;
import io.replaylinker.topology.join.KeyedJoin;
import io.replaylinker.topology.join.Rows;
import io.replaylinker.topology.join.StateKind;
import io.replaylinker.topology.shuffle.Block;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The state of a step of the join on one partition, in memory. It is built from the blocks of its topic, in their
 * order. Time advances by the watermarks among them, so the same blocks lead to the same state, while there is room for
 * it. Kafka Streams restores it from the topic itself, up to the committed offset. Nothing is emitted meanwhile: the
 * output was emitted when the blocks were read for the first time.
 */
final class StepState implements StateStore {

    /** Share of the bound that remains in use after a relief, so that the next one is not due at once. */
    private static final double RELIEVED = 0.95;

    /**
     * How far a state may exceed the bound while it is restored. It begins with fewer rows than the state that it
     * replaces, so it is relieved at other points. With more room it keeps all rows that the former state had at the
     * same offset, and expires none without output.
     */
    private static final double RESTORING = 1.15;

    private static final long RELIEF_STEP_MS = 1_000;

    /** Creates the join of a step on its rows. */
    interface Joins {
        KeyedJoin on(Rows rows, JoinOutput output);
    }

    /** What does not depend on the task. */
    record Spec(
            String step,
            String topic,
            Joins joins,
            WatermarkSettings settings,
            List<String> stepsBefore,
            long mostBytes,
            Windows windows) {

        /**
         * Specifies a step.
         *
         * @param topic that it reads, and is restored from
         * @param stepsBefore identifiers of the upstream steps whose watermarks it needs before it advances its own
         * @param mostBytes upper bound of its rows
         */
        Spec {
            stepsBefore = List.copyOf(stepsBefore);
        }
    }

    /** The start of the window of its topic, and what was learned before it. */
    interface Past {

        /** Offset of the block that it is restored from; empty when it is not restored. */
        OptionalLong restoredFrom(TopicPartition source);

        /** Passes on the organizations of projects learned from blocks before an offset, in a fixed order. */
        void organizations(int partition, long beforeOffset, Consumer<JoinInput.Affiliation> action);
    }

    /** Receives the output once the state is restored. */
    interface Output extends JoinOutput {

        /** The watermark of the step; see {@link JoinInput.Watermark}. */
        void advanced(long timeMs);

        /** Number of rows looked at because they were due. */
        void expired(int rows);

        /** Number of rows looked at before they were due, because the rows exceeded the bound. */
        void relieved(int rows);

        /** The current block is the first one to name this organization of a project. */
        void learned(JoinInput.Affiliation project);
    }

    private final Spec spec;
    private final Past past;
    private final JoinInputSerde.Reader entries = new JoinInputSerde.Reader();
    private final Switch output = new Switch();
    private final Set<JoinInput.Affiliation> learned = new HashSet<>();
    private Rows rows = new Rows();
    private KeyedJoin join;
    private WatermarkEmitter emitter;
    private @Nullable WatermarkTracker tracker;
    private long reachedMs = WatermarkTracker.BEGINNING;
    /** Bytes left by a relief that could not make enough room, plus a sixteenth; 0 for none. */
    private long stuckBytes;

    private long inputMs;
    private int partition;
    private boolean begun;
    private boolean open;

    /** Starts empty. */
    StepState(Spec spec, Past past) {
        this.spec = spec;
        this.past = past;
        this.join = spec.joins().on(rows, output);
        this.emitter = new WatermarkEmitter(spec.settings(), output::advanced);
    }

    /**
     * Empties the state. Kafka Streams may give the same store to a task that it revives, and restores it from the
     * beginning.
     */
    private synchronized void clear() {
        output.live = null;
        learned.clear();
        rows = new Rows();
        join = spec.joins().on(rows, output);
        emitter = new WatermarkEmitter(spec.settings(), output::advanced);
        tracker = null;
        reachedMs = WatermarkTracker.BEGINNING;
        stuckBytes = 0;
        begun = false;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clear();
        partition = context.taskId().partition();
        open = true;
        spec.windows().opened(this);
        BatchingStateRestoreCallback restore = blocks -> {
            begin(past.restoredFrom(source()).orElse(0));
            blocks.forEach(block -> take(block.value, 0));
        };
        context.register(root, restore);
    }

    /** Emits from now on. */
    synchronized void emitTo(Output live) {
        output.live = live;
    }

    /**
     * Learns the organizations from before its first block, once. Those learned at later offsets are not added: the
     * restored state would know them earlier than the former one did, and its output could differ from what was emitted
     * last.
     *
     * @param offset of that block
     */
    synchronized void begin(long offset) {
        if (!begun) {
            begun = true;
            past.organizations(partition, offset, project -> {
                learned.add(project);
                project.into(join);
            });
        }
    }

    /**
     * Reads a block of its topic.
     *
     * @param recordMs timestamp of its record, epoch milliseconds
     */
    synchronized void take(byte[] block, long recordMs) {
        Block.read(block, recordMs, (bytes, from, length, timestampMs) -> {
            inputMs = timestampMs;
            JoinInput input = entries.read(bytes, from, length);
            if (input instanceof JoinInput.Watermark watermark) {
                advance(watermark);
                return;
            }
            if (input instanceof JoinInput.Affiliation project && learned.add(project)) {
                output.learned(project);
            }
            input.into(join);
            if (bytes() > Math.max(mostBytes(), stuckBytes)) {
                relieve();
            }
        });
    }

    private void advance(JoinInput.Watermark watermark) {
        if (watermark.source().equals(JoinSteps.partition(spec.step(), partition))) {
            reach(watermark.timeMs());
            return;
        }
        WatermarkTracker known = tracker;
        if (known == null) {
            known = new WatermarkTracker(watermark.emittedAtMs(), spec.settings(), spec.stepsBefore());
            tracker = known;
        }
        known.advance(watermark);
        boolean isEnd = watermark.timeMs() == RecordTimeWatermarks.END;
        long untilMs = known.watermarkMs(isEnd ? Long.MAX_VALUE : watermark.emittedAtMs());
        if (untilMs == RecordTimeWatermarks.END) {
            Expiry.expireAll(join);
            spec.windows().closed(this);
            reachedMs = untilMs;
        } else {
            reach(untilMs);
        }
        emitter.emitIfDue(untilMs, watermark.emittedAtMs());
    }

    /**
     * Expires what is due. A state that is being restored advances by its own recorded progress: the watermarks of the
     * upstream steps at the start of its window are not all known yet, and late input would count as having waited
     * already.
     */
    private void reach(long untilMs) {
        if (untilMs > reachedMs) {
            reachedMs = untilMs;
            output.expired(Expiry.expire(join, untilMs));
        }
    }

    /** Expires the next due rows early, until the rows are within the bound. */
    private void relieve() {
        long enough = (long) (mostBytes() * RELIEVED);
        int looked = 0;
        for (long expiryMs = join.nextExpiryMs();
                bytes() > enough && expiryMs < Long.MAX_VALUE - RELIEF_STEP_MS;
                expiryMs = join.nextExpiryMs()) {
            looked += Expiry.relieve(join, expiryMs + RELIEF_STEP_MS);
        }
        // What is left has no timer, so another search at each input would free nothing.
        long left = bytes();
        stuckBytes = left > enough ? left + left / 16 : 0;
        output.relieved(looked);
    }

    private long mostBytes() {
        return output.live == null ? (long) (spec.mostBytes() * RESTORING) : spec.mostBytes();
    }

    private long bytes() {
        return rows.bytes() + join.bytes();
    }

    /** Timestamp of the last input, epoch milliseconds. */
    long inputMs() {
        return inputMs;
    }

    /** Its watermark, epoch milliseconds; {@link WatermarkTracker#BEGINNING} before anything expired. */
    synchronized long reachedMs() {
        return reachedMs;
    }

    String step() {
        return spec.step();
    }

    /** The topic partition that it reads and is restored from. */
    TopicPartition source() {
        return new TopicPartition(spec.topic(), partition);
    }

    /** The current values of the gauges. */
    synchronized JoinGauges.Note note() {
        Map<StateKind, Long> bytesByKind = rows.bytesByKind();
        bytesByKind.put(StateKind.TIMERS, join.bytes());
        return new JoinGauges.Note(spec.step(), join.waiting(), reachedMs, bytesByKind);
    }

    /** Runs a query on its rows, while no input is read. */
    synchronized <T> T ask(Function<Explainer, T> question) {
        return question.apply(join.explainer());
    }

    /** Its rows; to be read while no input is read. */
    Rows rows() {
        return rows;
    }

    @Override
    public String name() {
        return JoinSteps.store(spec.step());
    }

    /** From now on it follows its topic without output. */
    synchronized void silence(Output former) {
        if (output.live == former) {
            output.live = null;
        }
    }

    @Override
    public void close() {
        open = false;
        spec.windows().closed(this);
        clear();
    }

    /** In memory only: nothing is on disk, so each start restores all of it. */
    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Drops the output until the state is live. */
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
        public void replayState(ReplayState replayState) {
            if (live != null) {
                live.replayState(replayState);
            }
        }

        @Override
        public void unclaimed(UnlinkedReason reason) {
            if (live != null) {
                live.unclaimed(reason);
            }
        }

        @Override
        public void advanced(long timeMs) {
            if (live != null) {
                live.advanced(timeMs);
            }
        }

        @Override
        public void expired(int rows) {
            if (live != null) {
                live.expired(rows);
            }
        }

        @Override
        public void relieved(int rows) {
            if (live != null) {
                live.relieved(rows);
            }
        }

        @Override
        public void learned(JoinInput.Affiliation project) {
            if (live != null) {
                live.learned(project);
            }
        }
    }
}
