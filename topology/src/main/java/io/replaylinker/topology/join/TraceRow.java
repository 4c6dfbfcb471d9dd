package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What resolve keeps of a trace: which replays were seen on it, and by whom. Merging is a minimum and a maximum, so that neither the
 * order of the witnesses nor their repetition changes anything.
 *
 * <p>Observers are kept apart, because whoever learns a trace's id can send anything about it: what one organization tells must
 * neither teach another one a replay nor spoil its own. An observer is an organization, as a negative number; else a project whose
 * organization others have to tell; else 0.
 *
 * @param offset of the input that last changed the row: an input that comes again with it was cut off by a crash
 * @param hasEvents whether there may be events to judge
 * @param crowds observers that saw more replays than are kept
 */
record TraceRow(long offset, boolean hasEvents, List<Witness> witnesses, List<Crowd> crowds) {

    /** No real trace has so many observers of a kind; beyond it the older projects and organizations are listened to. */
    static final int MAX_OBSERVERS = 16;

    static final TraceRow NOTHING = new TraceRow(-1, false, List.of(), List.of());

    private static final byte VERSION = 1;
    private static final int ID = 16;
    private static final int WITNESS = 4 * Long.BYTES + ID;
    private static final int CROWD = 2 * Long.BYTES;

    /** What one observer told of one replay. Times in epoch milliseconds. */
    record Witness(long observer, Id replay, long startedMs, long lastSeenMs, long keepUntilMs) {

        boolean isOf(Witness other) {
            return observer == other.observer && replay.equals(other.replay);
        }

        Witness merge(Witness other) {
            return new Witness(
                    observer,
                    replay,
                    Math.min(startedMs, other.startedMs),
                    Math.max(lastSeenMs, other.lastSeenMs),
                    Math.max(keepUntilMs, other.keepUntilMs));
        }
    }

    /** One page, cached, gives its trace to every visitor: nothing more is kept of it than that. */
    record Crowd(long observer, long keepUntilMs) {}

    static TraceRow of(Witness witness, long offset, boolean hasEvents) {
        return new TraceRow(offset, hasEvents, List.of(witness), List.of());
    }

    @Nullable Witness find(Witness like) {
        for (Witness witness : witnesses) {
            if (witness.isOf(like)) {
                return witness;
            }
        }
        return null;
    }

    @Nullable Crowd crowd(long observer) {
        for (Crowd crowd : crowds) {
            if (crowd.observer() == observer) {
                return crowd;
            }
        }
        return null;
    }

    /** All who told something that is still in the row. */
    Set<Long> observers() {
        return LongStream.concat(
                        witnesses.stream().mapToLong(Witness::observer),
                        crowds.stream().mapToLong(Crowd::observer))
                .boxed()
                .collect(Collectors.toSet());
    }

    TraceRow withEvents() {
        return new TraceRow(offset, true, witnesses, crowds);
    }

    TraceRow changedAt(long changeOffset) {
        return new TraceRow(changeOffset, hasEvents, witnesses, crowds);
    }

    /** With what the witness tells; equal to this row when that is nothing new. */
    TraceRow with(Witness told, int maxReplays) {
        Crowd crowd = crowd(told.observer());
        if (crowd != null) {
            return withCrowd(new Crowd(told.observer(), Math.max(crowd.keepUntilMs(), told.keepUntilMs())));
        }
        Witness before = find(told);
        return before == null ? withNew(told, maxReplays) : withMerged(before, before.merge(told));
    }

    private TraceRow withMerged(Witness before, Witness merged) {
        if (merged.equals(before)) {
            return this;
        }
        List<Witness> changed = new ArrayList<>(witnesses);
        changed.set(changed.indexOf(before), merged);
        return new TraceRow(offset, hasEvents, List.copyOf(changed), crowds);
    }

    private TraceRow withNew(Witness told, int maxReplays) {
        List<Witness> changed = new ArrayList<>(witnesses);
        changed.add(told);
        changed.sort(Comparator.comparingLong(Witness::observer).thenComparing(Witness::replay));
        TraceRow row = new TraceRow(offset, hasEvents, List.copyOf(changed), crowds);
        long replays = changed.stream()
                .filter(witness -> witness.observer() == told.observer())
                .count();
        return replays > maxReplays ? row.crowded(told.observer()) : row.withoutStrangers(told.observer());
    }

    /** Without what is remembered no longer; null when nothing is left. */
    @Nullable TraceRow keptAt(long nowMs) {
        List<Witness> left = witnesses.stream()
                .filter(witness -> witness.keepUntilMs() >= nowMs)
                .toList();
        List<Crowd> leftCrowds =
                crowds.stream().filter(crowd -> crowd.keepUntilMs() >= nowMs).toList();
        return left.isEmpty() && leftCrowds.isEmpty() ? null : new TraceRow(offset, hasEvents, left, leftCrowds);
    }

    /** When the first of it is remembered no longer. */
    long dueMs() {
        long dueMs = Long.MAX_VALUE;
        for (Witness witness : witnesses) {
            dueMs = Math.min(dueMs, witness.keepUntilMs());
        }
        for (Crowd crowd : crowds) {
            dueMs = Math.min(dueMs, crowd.keepUntilMs());
        }
        return dueMs;
    }

    private TraceRow crowded(long observer) {
        long keepUntilMs = witnesses.stream()
                .filter(witness -> witness.observer() == observer)
                .mapToLong(Witness::keepUntilMs)
                .max()
                .orElseThrow();
        return without(observer).withCrowd(new Crowd(observer, keepUntilMs));
    }

    private TraceRow withCrowd(Crowd crowd) {
        List<Crowd> changed = new ArrayList<>(crowds);
        changed.removeIf(other -> other.observer() == crowd.observer());
        changed.add(crowd);
        changed.sort(Comparator.comparingLong(Crowd::observer));
        return new TraceRow(offset, hasEvents, witnesses, List.copyOf(changed)).withoutStrangers(crowd.observer());
    }

    private TraceRow without(long observer) {
        return new TraceRow(
                offset,
                hasEvents,
                witnesses.stream()
                        .filter(witness -> witness.observer() != observer)
                        .toList(),
                crowds.stream().filter(crowd -> crowd.observer() != observer).toList());
    }

    /** Ids grow with time, so the smaller ones were there before whoever plays; and which ones are kept hangs on no order. */
    private TraceRow withoutStrangers(long added) {
        boolean organization = added < 0;
        List<Long> observers = observers().stream()
                .filter(observer -> (observer < 0) == organization)
                .sorted(Comparator.comparingLong(Math::abs))
                .toList();
        return observers.size() <= MAX_OBSERVERS ? this : without(observers.get(MAX_OBSERVERS));
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(
                RowHead.BYTES + Long.BYTES + 3 + witnesses.size() * WITNESS + crowds.size() * CROWD);
        RowHead.write(out, VERSION, dueMs())
                .putLong(offset)
                .put((byte) (hasEvents ? 1 : 0))
                .putShort((short) witnesses.size());
        for (Witness witness : witnesses) {
            out.putLong(witness.observer())
                    .put(witness.replay().bytes())
                    .putLong(witness.startedMs())
                    .putLong(witness.lastSeenMs())
                    .putLong(witness.keepUntilMs());
        }
        for (Crowd crowd : crowds) {
            out.putLong(crowd.observer()).putLong(crowd.keepUntilMs());
        }
        return out.array();
    }

    static TraceRow read(byte[] row) {
        ByteBuffer in = RowHead.read(row, VERSION);
        in.position(RowHead.BYTES); // the deadline follows from the rest
        long offset = in.getLong();
        boolean hasEvents = in.get() == 1;
        int witnessCount = in.getShort();
        List<Witness> witnesses = new ArrayList<>(witnessCount);
        for (int i = 0; i < witnessCount; i++) {
            long observer = in.getLong();
            byte[] replay = new byte[ID];
            in.get(replay);
            witnesses.add(new Witness(observer, new Id(replay), in.getLong(), in.getLong(), in.getLong()));
        }
        List<Crowd> crowds = new ArrayList<>();
        while (in.hasRemaining()) {
            crowds.add(new Crowd(in.getLong(), in.getLong()));
        }
        return new TraceRow(offset, hasEvents, List.copyOf(witnesses), List.copyOf(crowds));
    }
}
