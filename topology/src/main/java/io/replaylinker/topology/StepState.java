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
import io.replaylinker.topology.shuffle.Block;
import java.util.HashSet;
import java.util.List;
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
 * A step of the join on one partition, in memory: what it made of the blocks of its topic, in their order. Time comes by the ticks among
 * them, so the same blocks come to the same state (while there is room for it). Kafka Streams restores it from the topic itself, up to the
 * committed offset, and nothing is emitted meanwhile: it was, when the blocks were read for the first time.
 */
final class StepState implements StateStore {

    /** After a relief so much of the bound is in use, so that the next one is not due at once. */
    private static final double RELIEVED = 0.95;

    /**
     * How much more than the bound a state may take while it is restored. It begins with fewer rows than the one that it follows had, so it
     * is relieved at other places; with more room it keeps all that the other one had when it got here, and ends nothing in silence.
     */
    private static final double RESTORING = 1.15;

    private static final long RELIEF_STEP_MS = 1_000;

    /** Makes the join of a step on its rows. */
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
         * Of a step.
         *
         * @param topic that it reads, and is restored from
         * @param stepsBefore whose clocks it has to hear before it moves its own, as they name themselves
         * @param mostBytes that its rows may take
         */
        Spec {
            stepsBefore = List.copyOf(stepsBefore);
        }
    }

    /** Where its topic begins for it, and what it knows from before. */
    interface Past {

        /** Offset of the block that it is restored from; empty when it is not restored. */
        OptionalLong restoredFrom(TopicPartition source);

        /** Gives the organizations of projects that it had learned from blocks before an offset, in a fixed order. */
        void organizations(int partition, long beforeOffset, Consumer<JoinInput.Affiliation> action);
    }

    /** Where what it emits goes once it is restored. */
    interface Output extends JoinOutput {

        /** How far the step has come; see {@link JoinInput.Watermark}. */
        void advanced(long timeMs);

        /** So many rows were looked at because they were due. */
        void expired(int rows);

        /** So many rows were looked at before they were due, because the rows took more than they may. */
        void relieved(int rows);

        /** The block that it reads is the first one to name this organization of a project. */
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
    /** What was left by a relief that could not make enough room, and a sixteenth; 0 for none. */
    private long stuckBytes;

    private long inputMs;
    private int partition;
    private boolean begun;
    private boolean open;

    /** Knows nothing yet. */
    StepState(Spec spec, Past past) {
        this.spec = spec;
        this.past = past;
        this.join = spec.joins().on(rows, output);
        this.emitter = new WatermarkEmitter(spec.settings(), output::advanced);
    }

    /** Knows nothing again: Kafka Streams may give a task that it revives the same store, and restores it from the beginning. */
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
     * Learns the organizations from before its first block, once. Nothing that comes at its own place later: a step that is restored
     * would know it earlier than the one before it did, whose last output would then stand.
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
     * Takes a block of its topic.
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
            Closing.close(join);
            spec.windows().closed(this);
            reachedMs = untilMs;
        } else {
            reach(untilMs);
        }
        emitter.emitIfDue(untilMs, watermark.emittedAtMs());
    }

    /**
     * Lets what is due expire. Its own progress moves a state that is restored as well: the clocks of the others that its window begins with
     * are not all known yet, and what comes late would be taken to have waited already.
     */
    private void reach(long untilMs) {
        if (untilMs > reachedMs) {
            reachedMs = untilMs;
            output.expired(Closing.expire(join, untilMs));
        }
    }

    /** Lets what is due next end before its time, until the rows take less than they may. */
    private void relieve() {
        long enough = (long) (mostBytes() * RELIEVED);
        int looked = 0;
        for (long expiryMs = join.nextExpiryMs();
                bytes() > enough && expiryMs < Long.MAX_VALUE - RELIEF_STEP_MS;
                expiryMs = join.nextExpiryMs()) {
            looked += Closing.relieve(join, expiryMs + RELIEF_STEP_MS);
        }
        // What is left then has no deadline: looking for it at each input would help nobody.
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

    /** Timestamp of the input that it took last, epoch milliseconds. */
    long inputMs() {
        return inputMs;
    }

    /** How far it has come, epoch milliseconds; {@link WatermarkTracker#BEGINNING} before anything expired. */
    synchronized long reachedMs() {
        return reachedMs;
    }

    String step() {
        return spec.step();
    }

    /** What it reads, and is restored from. */
    TopicPartition source() {
        return new TopicPartition(spec.topic(), partition);
    }

    /** Where it stands, for the gauges. */
    synchronized JoinGauges.Note note() {
        return new JoinGauges.Note(spec.step(), join.waiting(), reachedMs, bytes());
    }

    /** Explains from its rows, while it takes nothing. */
    synchronized <T> T ask(Function<Explainer, T> question) {
        return question.apply(join.explainer());
    }

    /** What it holds; to be read while it takes nothing. */
    Rows rows() {
        return rows;
    }

    @Override
    public String name() {
        return JoinSteps.store(spec.step());
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
        spec.windows().closed(this);
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
