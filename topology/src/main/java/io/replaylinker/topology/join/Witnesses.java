package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import org.jspecify.annotations.Nullable;

/** Which replays were seen on which trace: takes what is told, and chooses for an event. */
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
    private final RowCache<Id, TraceRow> traces = new RowCache<>();

    Witnesses(Rows rows, JoinSettings settings, Deadlines deadlines, Affiliations affiliations) {
        this.rows = rows;
        this.settings = settings;
        this.deadlines = deadlines;
        this.affiliations = affiliations;
    }

    News add(Sighting sighting, long offset) {
        Id trace = sighting.getTraceId();
        TraceRow.Witness told = witness(sighting);
        TraceRow row = find(trace);
        if (row == null) {
            boolean hasEvents = !rows.take(Keys.of(Keys.EVENT, trace), Keys.of(Keys.EVENT, trace), 1)
                    .isEmpty();
            TraceRow first = TraceRow.of(told, offset, hasEvents);
            deadlines.add(first.dueMs(), Keys.of(Keys.SEEN, trace));
            awaitOrganization(told.observer(), trace);
            put(trace, first);
            return hasEvents ? News.FOR_ALL : News.NOTHING;
        }
        TraceRow next = row.with(told, settings.traceMaxReplays());
        if (next.equals(row)) {
            return row.hasEvents() && offset <= row.offset() ? News.REPEATED : News.NOTHING;
        }
        awaitOrganization(told.observer(), trace);
        put(trace, next.changedAt(offset));
        return row.hasEvents() ? news(row, told) : News.NOTHING;
    }

    /** What a witness that is new to a row changes. */
    private static News news(TraceRow row, TraceRow.Witness told) {
        if (row.crowd(told.observer()) != null) {
            return News.NOTHING;
        }
        TraceRow.Witness before = row.find(told);
        // A life that goes on brings nothing new to what happened within it.
        return before == null || told.startedMs() < before.startedMs()
                ? News.FOR_ALL
                : new News(before.lastSeenMs(), false);
    }

    /** An event waits on this trace; told before its row is written, so that no crash leaves the one without the other. */
    void awaitedBy(Id trace) {
        TraceRow row = find(trace);
        if (row != null && !row.hasEvents()) {
            put(trace, row.withEvents());
        }
    }

    Ranking.Choice choose(EventSummary event, Id trace) {
        TraceRow row = find(trace);
        return row == null
                ? Ranking.NOTHING_SEEN
                : Candidates.of(event, row, affiliations).choose(event.getTimestampMs(), settings);
    }

    void expire(byte[] key, byte[] value, long replaySideMs) {
        Id trace = Keys.id(key);
        TraceRow row = TraceRow.read(value);
        TraceRow left = row.keptAt(replaySideMs);
        if (left == null) {
            rows.delete(key);
            traces.remove(trace);
            row.witnesses().forEach(witness -> affiliations.forget(witness.observer(), key));
            row.crowds().forEach(crowd -> affiliations.forget(crowd.observer(), key));
            return;
        }
        if (!left.equals(row)) {
            put(trace, left);
        }
        deadlines.add(left.dueMs(), key);
    }

    private @Nullable TraceRow find(Id trace) {
        return traces.get(trace, id -> {
            byte[] row = rows.get(Keys.of(Keys.SEEN, id));
            return row == null ? null : TraceRow.read(row);
        });
    }

    private void put(Id trace, TraceRow row) {
        rows.put(Keys.of(Keys.SEEN, trace), row.toBytes());
        traces.put(trace, row);
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
