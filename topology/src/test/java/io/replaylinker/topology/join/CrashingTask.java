package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.StepInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/**
 * One step of the join over logs of inputs, with commits and crashes as at-least-once processing has them: of what was written
 * since the last commit, rows and outputs survive up to two different points, and the inputs come again from the commit on.
 */
final class CrashingTask {

    /** How far the replay side has come, as an input. */
    record Tick(long ms) {}

    /** What was written by the time an input was done with. */
    private record Written(HeapRows rows, int outputs, int toChoose, int verdicts) {}

    private final BiFunction<Rows, JoinOutput, KeyedJoin> joins;
    private final List<List<Object>> logs;
    private final int[] positions;
    private final int[] committed;
    /** How far each log had been read when the task crashed. */
    private final int[] readBefore;

    private final List<Object> outputs = new ArrayList<>();
    private final List<Object> toChoose = new ArrayList<>();
    private final List<Unlinked> verdicts = new ArrayList<>();
    private final List<Written> sinceCommit = new ArrayList<>();
    private HeapRows rows = new HeapRows();
    private KeyedJoin join;
    /** How far the replay side has come by the word of each log. */
    private final long[] clocks;

    private long clockToldMs;

    CrashingTask(BiFunction<Rows, JoinOutput, KeyedJoin> joins, List<List<Object>> logs) {
        this.joins = joins;
        this.logs = logs;
        this.positions = new int[logs.size()];
        this.committed = new int[logs.size()];
        this.readBefore = new int[logs.size()];
        this.clocks = new long[logs.size()];
        this.join = joins.apply(rows, new Outputs());
        written();
    }

    List<Object> outputs() {
        return outputs;
    }

    /** What lookups came to, for the step that chooses. */
    List<Object> toChoose() {
        return toChoose;
    }

    /** Events that were told to have no link; of those with one event the last one counts. */
    List<Unlinked> verdicts() {
        return verdicts;
    }

    /** How far this task has ever read a log that another one writes. */
    int position(int log) {
        return positions[log];
    }

    boolean isThrough() {
        for (int log = 0; log < positions.length; log++) {
            if (positions[log] < logs.get(log).size()) {
                return false;
            }
        }
        return true;
    }

    /** Reads one input, if there is one. */
    void step(Whims whims) {
        int log = whims.next(logs.size());
        for (int tried = 1;
                tried < logs.size() && positions[log] >= logs.get(log).size();
                tried++) {
            log = (log + 1) % logs.size();
        }
        if (positions[log] >= logs.get(log).size()) {
            return;
        }
        int offset = positions[log]++;
        take(logs.get(log).get(offset), log, offset);
        written();
    }

    private void take(Object input, int log, int offset) {
        if (input instanceof Claim claim) {
            join.onClaim(claim, offset);
        } else if (input instanceof StepInputs.Input routed) {
            routed.into(join, offset);
        } else if (input instanceof Tick tick) {
            clocks[log] = Math.max(clocks[log], tick.ms());
        }
    }

    /**
     * Looks for what is due; after a start there is no time before the replay side and the steps before this one tell it, and not before
     * what comes again has come, which is a matter of the commit interval where expiry waits for longer than that. The steps behind this
     * one hear how far it is behind all that it decided.
     */
    int expire(int atMost) {
        long nowMs = LongStream.of(clocks).min().orElseThrow();
        if (nowMs == 0 || isCatchingUp()) {
            return 0;
        }
        if (nowMs > clockToldMs) {
            outputs.add(new Tick(nowMs));
            toChoose.add(new Tick(nowMs));
            clockToldMs = nowMs;
        }
        int looked = join.expire(nowMs, atMost);
        written();
        return looked;
    }

    /** Steps behind this one hear again how far it is. */
    void tellClockAgain() {
        clockToldMs = 0;
    }

    private boolean isCatchingUp() {
        for (int log = 0; log < positions.length; log++) {
            if (positions[log] < readBefore[log]) {
                return true;
            }
        }
        return false;
    }

    /** What was told before the last commit is safe by now. */
    void commit() {
        join.settle();
        System.arraycopy(positions, 0, committed, 0, positions.length);
        sinceCommit.clear();
        written();
    }

    /** Outputs that somebody has read already cannot be lost. */
    void crash(Whims whims, int outputsRead, int toChooseRead) {
        Written survivingRows = surviving(whims);
        cut(outputs, Math.max(surviving(whims).outputs(), outputsRead));
        cut(toChoose, Math.max(surviving(whims).toChoose(), toChooseRead));
        cut(verdicts, surviving(whims).verdicts());
        rows = copy(survivingRows.rows());
        join = joins.apply(rows, new Outputs());
        Arrays.fill(clocks, 0);
        Arrays.setAll(readBefore, log -> Math.max(readBefore[log], positions[log]));
        System.arraycopy(committed, 0, positions, 0, positions.length);
        // Written before, but in nobody's memory now: it may be lost in the next crash no more.
        sinceCommit.clear();
        written();
    }

    private Written surviving(Whims whims) {
        return sinceCommit.get(whims.next(sinceCommit.size()));
    }

    private void written() {
        sinceCommit.add(new Written(copy(rows), outputs.size(), toChoose.size(), verdicts.size()));
    }

    private static void cut(List<?> topic, int size) {
        topic.subList(Math.min(topic.size(), size), topic.size()).clear();
    }

    private static HeapRows copy(HeapRows rows) {
        HeapRows copy = new HeapRows();
        try (Rows.Cursor all = rows.prefix(new byte[0])) {
            for (Iterator<Rows.Row> row = all; row.hasNext(); ) {
                Rows.Row next = row.next();
                copy.put(next.key(), next.value());
            }
        }
        return copy;
    }

    private final class Outputs implements JoinOutput {
        @Override
        public void resolved(Claim claim) {
            outputs.add(claim);
        }

        @Override
        public void verdict(Claim claim) {
            toChoose.add(claim);
        }

        @Override
        public void link(Link link) {
            outputs.add(link);
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            verdicts.add(unlinked);
        }

        @Override
        public void life(ReplayLife life) {}

        @Override
        public void unclaimed(UnlinkedReason reason) {}
    }
}
