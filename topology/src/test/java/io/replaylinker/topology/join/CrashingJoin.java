package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.StepInputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The steps of the join as three tasks that go on, commit and crash each by itself. */
final class CrashingJoin {

    private static final int CHUNK = 3;
    /** What was told is closed when two commits made it safe. */
    private static final int ROUNDS = 4;

    private final StepInputs inputs = new StepInputs(new Inputs());
    private final List<Object> byTrace = new ArrayList<>();
    private final List<Object> byEvent = new ArrayList<>();
    private final List<Object> byReplay = new ArrayList<>();
    private final Map<String, UnlinkedReason> withoutEvidence = new HashMap<>();
    private final CrashingTask resolve;
    private final CrashingTask choose;
    private final CrashingTask confirm;
    private final Whims whims;
    private long replaySideMs;
    private int decidedRead;
    private int resolvedRead;
    private int chosenRead;

    CrashingJoin(JoinSettings settings, Whims whims) {
        this.whims = whims;
        resolve = new CrashingTask((rows, out) -> new Resolver(rows, new HeapRows(), settings, out), List.of(byTrace));
        choose = new CrashingTask(
                (rows, out) -> new Chooser(rows, new HeapRows(), settings, out), List.of(byEvent, resolve.toChoose()));
        confirm = new CrashingTask(
                (rows, out) -> new Confirmer(rows, new HeapRows(), settings, out),
                List.of(byReplay, resolve.outputs(), choose.outputs()));
    }

    /** Writes a record to the topics that the steps read. */
    void add(Arrival arrival) {
        if (arrival.record() instanceof BackendEvent event) {
            inputs.event(event, arrival.recordMs());
        } else if (arrival.record() instanceof Span span) {
            inputs.span(span, arrival.recordMs());
        } else if (arrival.record() instanceof ReplaySegment segment) {
            replaySideReached(inputs.segment(segment, arrival.recordMs()));
        } else {
            Arrival.Deletion deletion = (Arrival.Deletion) arrival.record();
            inputs.deletion(
                    deletion.project(), Objects.requireNonNull(Ids.parse(deletion.event())), arrival.recordMs());
        }
    }

    private void replaySideReached(long ms) {
        replaySideMs = Math.max(replaySideMs, ms);
        addToAll(new CrashingTask.Tick(ms));
    }

    private void addToAll(Object input) {
        byTrace.add(input);
        byEvent.add(input);
        byReplay.add(input);
    }

    /** Reads everything, with up to so many crashes. */
    void runThrough(int crashes) {
        for (int left = crashes; !isThrough(); ) {
            CrashingTask task = next();
            step(task);
            int whim = whims.next(24);
            if (whim > 20) {
                task.commit();
            } else if (whim > 16) {
                task.expire(CHUNK);
            } else if (whim > 14 && left > 0) {
                left--;
                task.crash(
                        whims,
                        task == resolve ? resolvedRead : task == choose ? chosenRead : 0,
                        task == resolve ? decidedRead : 0);
                tellClocksAgain();
            }
        }
    }

    /** As each does every second: who crashed knows no time. */
    private void tellClocksAgain() {
        if (replaySideMs > 0) {
            addToAll(new CrashingTask.Tick(replaySideMs));
        }
        resolve.tellClockAgain();
        choose.tellClockAgain();
    }

    private void step(CrashingTask task) {
        task.step(whims);
        decidedRead = Math.max(decidedRead, choose.position(1));
        resolvedRead = Math.max(resolvedRead, confirm.position(1));
        chosenRead = Math.max(chosenRead, confirm.position(2));
    }

    private boolean isThrough() {
        return resolve.isThrough() && choose.isThrough() && confirm.isThrough();
    }

    private CrashingTask next() {
        List<CrashingTask> behind = Stream.of(resolve, choose, confirm)
                .filter(task -> !task.isThrough())
                .toList();
        return behind.get(whims.next(behind.size()));
    }

    /** Nothing comes from the replay side until then, and all steps have the time to close what waited. */
    void replaySideReaches(long ms) {
        replaySideReached(ms);
        runThrough(1);
        for (CrashingTask task : List.of(resolve, choose, confirm)) {
            while (!task.isThrough()) {
                step(task);
            }
            for (int round = 0; round < ROUNDS; round++) {
                expireAll(task);
                task.commit();
            }
        }
    }

    private static void expireAll(CrashingTask task) {
        for (int rounds = 0; task.expire(CHUNK) == CHUNK; rounds++) {
            assertThat(rounds).as("rounds of expiry that never ends").isLessThan(10_000);
        }
    }

    /** What holds by now. */
    Map<String, String> links() {
        LinksTold told = new LinksTold();
        confirm.outputs().stream()
                .filter(Link.class::isInstance)
                .map(Link.class::cast)
                .forEach(told::add);
        return told.held();
    }

    /** A reason that was told of each event, that of the last step if several did. */
    Map<String, UnlinkedReason> reasons() {
        Map<String, UnlinkedReason> reasons = new HashMap<>(withoutEvidence);
        resolve.verdicts().forEach(told -> reasons.put(LinksTold.key(told.getEvent()), told.getReason()));
        choose.verdicts().forEach(told -> reasons.put(LinksTold.key(told.getEvent()), told.getReason()));
        confirm.verdicts().forEach(told -> reasons.put(LinksTold.key(told.getEvent()), told.getReason()));
        return reasons;
    }

    private final class Inputs implements StepInputs.Sink {
        @Override
        public void accept(StepInputs.Step step, StepInputs.Input input) {
            switch (step) {
                case RESOLVE -> byTrace.add(input);
                case CHOOSE -> byEvent.add(input);
                case CONFIRM -> byReplay.add(input);
            }
        }

        @Override
        public void unlinked(Unlinked verdict) {
            withoutEvidence.put(LinksTold.key(verdict.getEvent()), verdict.getReason());
        }
    }
}
