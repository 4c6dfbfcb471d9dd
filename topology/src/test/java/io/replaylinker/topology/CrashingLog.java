package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Chooser;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The three steps whose state is the log, without Kafka: each reads its log block by block, commits and crashes by itself. After a crash
 * a new one reads its window in silence up to the committed block, and from there what the old one may have emitted already.
 */
public final class CrashingLog {

    private static final Duration SKEW = Duration.ofMinutes(10);

    private final WatermarkSettings watermark =
            new WatermarkSettings(Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(1));
    private final JoinSettings settings;
    private final Duration window;
    private final boolean transactional;
    private final Serializer<JoinInput> serializer = new JoinInputSerde().serializer();
    private final StepInputs inputs = new StepInputs(new Inputs());
    private final List<Link> links = new ArrayList<>();
    private final List<Unlinked> withoutEvidence = new ArrayList<>();
    private final Step confirm;
    private final Step choose;
    private final Step resolve;
    private long nowMs;
    private long recordAtMs;
    private long skipped;

    /**
     * Empty logs.
     *
     * @param transactional whether what a step emits counts only when it commits, and is dropped when it crashes before
     */
    public CrashingLog(JoinSettings settings, boolean transactional) {
        this.settings = settings;
        this.window =
                ReplayLinkTopology.window(settings.waitFor(), settings.memory()).plus(SKEW);
        this.transactional = transactional;
        this.confirm = new Step(JoinSteps.CONFIRM, List.of(source(JoinSteps.RESOLVE), source(JoinSteps.CHOOSE)));
        this.choose = new Step(JoinSteps.CHOOSE, List.of(source(JoinSteps.RESOLVE)));
        this.resolve = new Step(JoinSteps.RESOLVE, List.of());
    }

    private static String source(String step) {
        return JoinSteps.partition(step, 0);
    }

    /** Writes an event to the logs. */
    public void event(BackendEvent event, long recordMs) {
        recordAtMs = recordMs;
        inputs.event(event, recordMs);
    }

    /** Writes a span to the logs. */
    public void span(Span span, long recordMs) {
        recordAtMs = recordMs;
        inputs.span(span, recordMs);
    }

    /** Writes a segment to the logs, and how far the replay side is with it. */
    public void segment(ReplaySegment segment, long recordMs) {
        recordAtMs = recordMs;
        watermark(inputs.segment(segment, recordMs));
    }

    /** Writes to the logs that an event was deleted. */
    public void deletion(long project, Id event, long recordMs) {
        recordAtMs = recordMs;
        inputs.deletion(project, event, recordMs);
    }

    /** The replay side has come so far, epoch milliseconds. */
    public void watermark(long timeMs) {
        nowMs = Math.max(nowMs, timeMs);
        recordAtMs = Math.min(timeMs, nowMs);
        inputs.route(new JoinInput.Watermark("replays-0", timeMs, nowMs));
    }

    /**
     * Reads everything.
     *
     * @param random a number below the given one, for what happens next
     * @param crashes at most so many
     */
    public void runThrough(IntUnaryOperator random, int crashes) {
        int left = crashes;
        while (true) {
            List<Step> behind = List.of(resolve, choose, confirm).stream()
                    .filter(Step::isBehind)
                    .toList();
            if (behind.isEmpty()) {
                return;
            }
            Step step = behind.get(random.applyAsInt(behind.size()));
            int draw = random.applyAsInt(16);
            if (draw > 13 && left > 0) {
                left--;
                step.crash();
            } else if (!step.hasNext() || (draw > 11 && step.hasUncommitted())) {
                step.commit();
            } else {
                step.next();
            }
        }
    }

    /** Blocks that were not read again after a crash, because they lay before the window. */
    public long skipped() {
        return skipped;
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
            reader.write(input.value(), recordAtMs);
        }

        @Override
        public void unlinked(Unlinked verdict) {
            withoutEvidence.add(verdict);
        }
    }

    /**
     * A block of one entry.
     *
     * @param latestMs timestamp of the latest block up to this one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] block, long timestampMs, long latestMs) {}

    private final class Step implements StepState.Output, StepState.Past {

        private final List<Entry> log = new ArrayList<>();
        private final List<Runnable> uncommitted = new ArrayList<>();
        private final List<Unlinked> unlinked = new ArrayList<>();
        private final Map<JoinInput.Affiliation, Long> learned = new LinkedHashMap<>();
        /** Its progress by its place in the log. */
        private final NavigableMap<Integer, Long> progress = new TreeMap<>();

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

        void write(JoinInput input, long timestampMs) {
            long latestMs =
                    log.isEmpty() ? timestampMs : log.get(log.size() - 1).latestMs();
            log.add(new Entry(serializer.serialize("", input), timestampMs, Math.max(latestMs, timestampMs)));
        }

        private StepState newState() {
            StepState.Joins joins =
                    switch (name) {
                        case JoinSteps.RESOLVE -> (rows, output) -> new Resolver(rows, settings, output);
                        case JoinSteps.CHOOSE -> (rows, output) -> new Chooser(rows, settings, output);
                        default -> (rows, output) -> new Confirmer(rows, settings, output);
                    };
            return new StepState(
                    new StepState.Spec(name, name, joins, watermark, before, Long.MAX_VALUE, new Windows()), this);
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
            state.begin(read);
            Entry entry = log.get(read++);
            state.take(entry.block(), entry.timestampMs());
        }

        void commit() {
            committed = read;
            uncommitted.forEach(Runnable::run);
            uncommitted.clear();
            long reachedMs = state.reachedMs();
            if (reachedMs > WatermarkEmitter.UNKNOWN && !progress.containsValue(reachedMs)) {
                progress.put(log.size(), reachedMs);
                write(new JoinInput.Watermark(CrashingLog.source(name), reachedMs, nowMs), state.inputMs());
            }
        }

        void crash() {
            uncommitted.clear();
            read = committed;
            // Kafka Streams may give a revived task the same store again.
            state.close();
            int from = windowStart();
            state.begin(from);
            log.subList(from, committed).forEach(entry -> state.take(entry.block(), entry.timestampMs()));
        }

        /** The first block of the window's first moment or later. */
        private int windowStart() {
            Map.Entry<Integer, Long> noted = progress.lowerEntry(committed);
            if (noted == null) {
                return 0;
            }
            long fromMs = noted.getValue() - window.toMillis();
            int from = 0;
            while (from < committed && log.get(from).latestMs() < fromMs) {
                from++;
            }
            skipped += from;
            return from;
        }

        @Override
        public OptionalLong restoredFrom(TopicPartition source) {
            return OptionalLong.empty();
        }

        @Override
        public void organizations(int partition, long beforeOffset, Consumer<JoinInput.Affiliation> action) {
            learned.forEach((project, offset) -> {
                if (offset < beforeOffset) {
                    action.accept(project);
                }
            });
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
            writeTo(confirm, claim);
        }

        @Override
        public void verdict(Claim claim) {
            writeTo(choose, claim);
        }

        private void writeTo(Step next, Claim claim) {
            long timestampMs = Math.max(state.inputMs(), claim.getEvent().getReceivedMs());
            emit(() -> next.write(new JoinInput.EventClaim(claim), timestampMs));
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
        public void replayState(ReplayState replayState) {}

        @Override
        public void unclaimed(UnlinkedReason reason) {}

        @Override
        public void advanced(long timeMs) {
            JoinInput.Watermark watermark = new JoinInput.Watermark(CrashingLog.source(name), timeMs, nowMs);
            long timestampMs = state.inputMs();
            if (name.equals(JoinSteps.RESOLVE)) {
                emit(() -> choose.write(watermark, timestampMs));
            }
            if (!name.equals(JoinSteps.CONFIRM)) {
                emit(() -> confirm.write(watermark, timestampMs));
            }
        }

        @Override
        public void expired(int rows) {}

        @Override
        public void relieved(int rows) {}

        @Override
        public void learned(JoinInput.Affiliation project) {
            long offset = (long) read - 1;
            emit(() -> learned.putIfAbsent(project, offset));
        }
    }
}
