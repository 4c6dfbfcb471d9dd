package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * One step of the join over logs of inputs, with commits and crashes as at-least-once processing has them: of what was written
 * since the last commit, rows and outputs survive up to two different points, and the inputs come again from the commit on.
 */
final class CrashingTask {

    /** Which organization a project belongs to, as an input. */
    record Affiliation(long project, long organization) {}

    /** What was written by the time an input was done with. */
    private record Written(HeapRows rows, int outputs) {}

    private final BiFunction<Rows, JoinOutput, KeyedJoin> joins;
    private final List<List<Object>> logs;
    private final int[] positions;
    private final int[] committed;
    private final List<Object> outputs = new ArrayList<>();
    private final List<Written> sinceCommit = new ArrayList<>();
    private HeapRows rows = new HeapRows();
    private KeyedJoin join;

    CrashingTask(BiFunction<Rows, JoinOutput, KeyedJoin> joins, List<List<Object>> logs) {
        this.joins = joins;
        this.logs = logs;
        this.positions = new int[logs.size()];
        this.committed = new int[logs.size()];
        this.join = joins.apply(rows, new Outputs());
        commit();
    }

    List<Object> outputs() {
        return outputs;
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

    void step(Random random) {
        int log = random.nextInt(logs.size());
        if (positions[log] >= logs.get(log).size()) {
            return;
        }
        int offset = positions[log]++;
        Object input = logs.get(log).get(offset);
        if (input instanceof Claim claim) {
            join.onClaim(claim, offset);
        } else if (input instanceof Sighting sighting) {
            join.onSighting(sighting, offset);
        } else if (input instanceof Affiliation affiliation) {
            join.onAffiliation(affiliation.project(), affiliation.organization(), offset);
        }
        sinceCommit.add(new Written(copy(rows), outputs.size()));
    }

    void commit() {
        System.arraycopy(positions, 0, committed, 0, positions.length);
        sinceCommit.clear();
        sinceCommit.add(new Written(copy(rows), outputs.size()));
    }

    /** Outputs that somebody has read already cannot be lost. */
    void crash(Random random, int outputsRead) {
        Written survivingRows = sinceCommit.get(random.nextInt(sinceCommit.size()));
        int survivingOutputs =
                sinceCommit.get(random.nextInt(sinceCommit.size())).outputs();
        outputs.subList(Math.min(outputs.size(), Math.max(survivingOutputs, outputsRead)), outputs.size())
                .clear();
        rows = copy(survivingRows.rows());
        join = joins.apply(rows, new Outputs());
        System.arraycopy(committed, 0, positions, 0, positions.length);
        // Written before, but in nobody's memory now: it may be lost in the next crash no more.
        sinceCommit.clear();
        sinceCommit.add(new Written(copy(rows), outputs.size()));
    }

    void close() {
        join.expire(Long.MAX_VALUE, Integer.MAX_VALUE);
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
        public void link(Link link) {
            outputs.add(link);
        }

        @Override
        public void unlinked(Unlinked unlinked) {}

        @Override
        public void life(ReplayLife life) {}

        @Override
        public void unclaimed(UnlinkedReason reason) {}
    }
}
