package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Chooser;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The three steps whose state is the log, without Kafka: each reads its log block by block, commits and crashes by itself. After a crash
 * a new one reads in silence up to the committed block, and from there what the old one may have emitted already.
 */
public final class CrashingLog {

    private final ReplaySideSettings replaySide =
            new ReplaySideSettings(Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(1));
    private final JoinSettings settings;
    private final boolean transactional;
    private final Serializer<JoinInput> serializer = new JoinInputSerde().serializer();
    private final StepInputs inputs = new StepInputs(new Inputs());
    private final List<Link> links = new ArrayList<>();
    private final List<Unlinked> withoutEvidence = new ArrayList<>();
    private final Step confirm;
    private final Step choose;
    private final Step resolve;
    private long nowMs;

    /**
     * Empty logs.
     *
     * @param transactional whether what a step emits counts only when it commits, and is dropped when it crashes before
     */
    public CrashingLog(JoinSettings settings, boolean transactional) {
        this.settings = settings;
        this.transactional = transactional;
        this.confirm = new Step("confirm", List.of("resolve-0", "choose-0"));
        this.choose = new Step("choose", List.of("resolve-0"));
        this.resolve = new Step("resolve", List.of());
    }

    /** Writes an event to the logs. */
    public void event(BackendEvent event, long recordMs) {
        inputs.event(event, recordMs);
    }

    /** Writes a span to the logs. */
    public void span(Span span, long recordMs) {
        inputs.span(span, recordMs);
    }

    /** Writes a segment to the logs, and how far the replay side is with it. */
    public void segment(ReplaySegment segment, long recordMs) {
        tick(inputs.segment(segment, recordMs));
    }

    /** Writes to the logs that an event was deleted. */
    public void deletion(long project, Id event, long recordMs) {
        inputs.deletion(project, event, recordMs);
    }

    /** The replay side has come so far, epoch milliseconds. */
    public void tick(long timeMs) {
        nowMs = Math.max(nowMs, timeMs);
        inputs.route(new JoinInput.Tick("replays-0", timeMs, nowMs));
    }

    private byte[] block(JoinInput input) {
        return serializer.serialize("", input);
    }

    /**
     * Reads everything.
     *
     * @param whims a number below the given one, for what happens next
     * @param crashes at most so many
     */
    public void runThrough(IntUnaryOperator whims, int crashes) {
        int left = crashes;
        while (true) {
            List<Step> behind = List.of(resolve, choose, confirm).stream()
                    .filter(Step::isBehind)
                    .toList();
            if (behind.isEmpty()) {
                return;
            }
            Step step = behind.get(whims.applyAsInt(behind.size()));
            int whim = whims.applyAsInt(16);
            if (whim > 13 && left > 0) {
                left--;
                step.crash();
            } else if (!step.hasNext() || (whim > 11 && step.hasUncommitted())) {
                step.commit();
            } else {
                step.next();
            }
        }
    }

    /** All that was ever emitted. */
    public List<Link> links() {
        return links;
    }

    /** Verdicts, those of the last step last. */
    public List<Unlinked> unlinked() {
        List<Unlinked> all = new ArrayList<>(withoutEvidence);
        List.of(resolve, choose, confirm).forEach(step -> all.addAll(step.unlinked));
        return all;
    }

    private final class Inputs implements StepInputs.Sink {

        @Override
        public void accept(StepInputs.Step step, StepInputs.Input input) {
            Step reader =
                    switch (step) {
                        case RESOLVE -> resolve;
                        case CHOOSE -> choose;
                        case CONFIRM -> confirm;
                    };
            reader.log.add(block(input.value()));
        }

        @Override
        public void unlinked(Unlinked verdict) {
            withoutEvidence.add(verdict);
        }
    }

    private final class Step implements StepState.Output {

        private final List<byte[]> log = new ArrayList<>();
        private final List<Runnable> uncommitted = new ArrayList<>();
        private final List<Unlinked> unlinked = new ArrayList<>();
        private final String name;
        private final List<String> before;
        private final StepState state;
        private int read;
        private int committed;

        Step(String name, List<String> before) {
            this.name = name;
            this.before = before;
            this.state = newState();
        }

        private StepState newState() {
            StepState.Joins joins =
                    switch (name) {
                        case "resolve" -> (rows, due, output) -> new Resolver(rows, due, settings, output);
                        case "choose" -> (rows, due, output) -> new Chooser(rows, due, settings, output);
                        default -> (rows, due, output) -> new Confirmer(rows, due, settings, output);
                    };
            return new StepState(name, joins, replaySide, before, new Windows(), (beforeMs, told) -> {});
        }

        boolean isBehind() {
            return hasNext() || committed < log.size();
        }

        boolean hasUncommitted() {
            return committed < read;
        }

        boolean hasNext() {
            return read < log.size();
        }

        void next() {
            state.emitTo(this);
            state.take(log.get(read++), nowMs);
        }

        void commit() {
            committed = read;
            uncommitted.forEach(Runnable::run);
            uncommitted.clear();
        }

        void crash() {
            uncommitted.clear();
            read = committed;
            // Kafka Streams may give a revived task the same store again.
            state.close();
            log.subList(0, committed).forEach(block -> state.take(block, 0));
        }

        private void emit(Runnable output) {
            if (transactional) {
                uncommitted.add(output);
            } else {
                output.run();
            }
        }

        @Override
        public void resolved(Claim claim) {
            byte[] block = block(new JoinInput.EventClaim(claim));
            emit(() -> confirm.log.add(block));
        }

        @Override
        public void verdict(Claim claim) {
            byte[] block = block(new JoinInput.EventClaim(claim));
            emit(() -> choose.log.add(block));
        }

        @Override
        public void link(Link link) {
            emit(() -> links.add(link));
        }

        @Override
        public void unlinked(Unlinked verdict) {
            emit(() -> unlinked.add(verdict));
        }

        @Override
        public void life(ReplayLife life) {}

        @Override
        public void unclaimed(UnlinkedReason reason) {}

        @Override
        public void clock(long timeMs) {
            byte[] block = block(new JoinInput.Tick(name + "-0", timeMs, nowMs));
            if (name.equals("resolve")) {
                emit(() -> choose.log.add(block));
            }
            if (!name.equals("confirm")) {
                emit(() -> confirm.log.add(block));
            }
        }

        @Override
        public void expired(int rows) {}
    }
}
