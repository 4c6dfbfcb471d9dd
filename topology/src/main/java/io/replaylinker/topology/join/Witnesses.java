package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.serdes.LruCache;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What resolve knows of traces: takes what is told of them, and says whose events may be judged otherwise for it. */
final class Witnesses {

    /**
     * Which events of a trace a witness may have changed something for.
     *
     * @param afterMs those that happened later than this, epoch milliseconds
     * @param repeated nothing is new, but it comes a second time from the same place of its input: a crash cut off what it led to
     */
    record News(long afterMs, boolean repeated) {

        static final News NOTHING = new News(Long.MAX_VALUE, false);
        static final News FOR_ALL = new News(Long.MIN_VALUE, false);
        static final News REPEATED = new News(Long.MIN_VALUE, true);

        boolean isForAll() {
            return afterMs == Long.MIN_VALUE;
        }

        boolean isForSome() {
            return afterMs != Long.MAX_VALUE;
        }
    }

    private final Rows rows;
    private final JoinSettings settings;
    private final Deadlines deadlines;
    private final Affiliations affiliations;
    private final LruCache<Id, Known> traces = new LruCache<>(Keys.MOST_IN_MEMORY);

    /** Whether a life that grows may change what an event of the trace was told. */
    private enum Settled {
        /** No: each has one replay to choose and has chosen it. */
        YES,
        NO,
        /** Since a start, or since the row was last in memory, nobody has looked. */
        UNKNOWN
    }

    /** A row in memory. */
    private static final class Known {
        private TraceRow row;
        private Settled settled;

        Known(TraceRow row, Settled settled) {
            this.row = row;
            this.settled = settled;
        }
    }

    Witnesses(Rows rows, JoinSettings settings, Deadlines deadlines, Affiliations affiliations) {
        this.rows = rows;
        this.settings = settings;
        this.deadlines = deadlines;
        this.affiliations = affiliations;
    }

    News add(Sighting sighting, long offset) {
        Id trace = sighting.getTraceId();
        TraceRow.Witness told = witness(sighting);
        Known known = known(trace);
        if (known == null) {
            return addFirst(trace, told, offset);
        }
        TraceRow row = known.row;
        if (offset <= row.offset()) {
            // The row has it already. Not compared, since it would be remembered from the present on and so look new.
            return row.hasEvents() ? News.REPEATED : News.NOTHING;
        }
        TraceRow next = row.with(told, settings.traceMaxReplays());
        if (next.equals(row)) {
            return News.NOTHING;
        }
        if (row.find(told) == null) {
            changeObservers(trace, row, next, told.observer());
        }
        put(trace, known, next.changedAt(offset));
        return row.hasEvents() ? news(row, known.settled, told) : News.NOTHING;
    }

    private News addFirst(Id trace, TraceRow.Witness told, long offset) {
        byte[] events = Keys.of(Keys.EVENT, trace);
        boolean hasEvents = !rows.take(events, events, 1).isEmpty();
        TraceRow row = TraceRow.of(told, offset, hasEvents);
        deadlines.add(row.dueMs(), Keys.of(Keys.SEEN, trace));
        awaitOrganization(told.observer(), trace);
        put(trace, new Known(row, Settled.YES), row);
        return hasEvents ? News.FOR_ALL : News.NOTHING;
    }

    /** What a witness changes that is new to a row. */
    private static News news(TraceRow row, Settled settled, TraceRow.Witness told) {
        if (row.crowd(told.observer()) != null) {
            return News.NOTHING;
        }
        TraceRow.Witness before = row.find(told);
        if (before == null) {
            return News.FOR_ALL;
        }
        return switch (settled) {
            case YES -> News.NOTHING;
            // A life that goes on brings nothing new to what happened within it.
            case NO -> told.startedMs() < before.startedMs() ? News.FOR_ALL : new News(before.lastSeenMs(), false);
            case UNKNOWN -> News.FOR_ALL;
        };
    }

    /**
     * An event waits on this trace; told before its row is written, so that no crash leaves the one without the other.
     *
     * @return what is known of the trace, null for nothing
     */
    @Nullable TraceRow awaitedBy(Id trace) {
        Known known = known(trace);
        if (known != null && !known.row.hasEvents()) {
            put(trace, known, known.row.withEvents());
        }
        return known == null ? null : known.row;
    }

    /** What is known of a trace, null for nothing. */
    @Nullable TraceRow find(Id trace) {
        Known known = known(trace);
        return known == null ? null : known.row;
    }

    /** From here on all events of the trace are judged. */
    void startJudging(Id trace) {
        Known known = known(trace);
        if (known != null) {
            known.settled = Settled.YES;
        }
    }

    /** What an event of the trace was told may change with a life that goes on. */
    void unsettled(Id trace) {
        Known known = known(trace);
        if (known != null) {
            known.settled = Settled.NO;
        }
    }

    void expire(byte[] key, byte[] value, long replaySideMs) {
        Id trace = Keys.id(key);
        TraceRow row = TraceRow.read(value);
        TraceRow left = row.keptAt(replaySideMs);
        forgetLost(row.observers(), left == null ? Set.of() : left.observers(), key);
        if (left == null) {
            rows.delete(key);
            traces.remove(trace);
            return;
        }
        if (!left.equals(row)) {
            put(trace, Objects.requireNonNull(known(trace)), left);
        }
        deadlines.add(left.dueMs(), key);
    }

    private @Nullable Known known(Id trace) {
        return traces.get(trace, id -> {
            byte[] row = rows.get(Keys.of(Keys.SEEN, id));
            return row == null ? null : new Known(TraceRow.read(row), Settled.UNKNOWN);
        });
    }

    private void put(Id trace, Known known, TraceRow row) {
        known.row = row;
        rows.put(Keys.of(Keys.SEEN, trace), row.toBytes());
        traces.put(trace, known);
    }

    private void changeObservers(Id trace, TraceRow before, TraceRow after, long added) {
        if (after.observers().contains(added)) {
            awaitOrganization(added, trace);
        }
        forgetLost(before.observers(), after.observers(), Keys.of(Keys.SEEN, trace));
    }

    /** Whoever is not in the row any more has nothing that waits for its organization. */
    private void forgetLost(Set<Long> before, Set<Long> after, byte[] key) {
        before.stream().filter(observer -> !after.contains(observer)).forEach(lost -> affiliations.forget(lost, key));
    }

    private void awaitOrganization(long observer, Id trace) {
        if (observer > 0) {
            affiliations.awaitOrganization(observer, Keys.of(Keys.SEEN, trace));
        }
    }

    private TraceRow.Witness witness(Sighting sighting) {
        long observer =
                sighting.getOrganizationId() > 0 ? -sighting.getOrganizationId() : Math.max(0, sighting.getProjectId());
        return new TraceRow.Witness(
                observer,
                sighting.getReplayId(),
                sighting.getStartedMs(),
                sighting.getSeenMs(),
                deadlines.after(sighting.getSeenMs(), settings.memory()));
    }
}
