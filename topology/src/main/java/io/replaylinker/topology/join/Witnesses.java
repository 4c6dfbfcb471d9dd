package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which replays were seen on which trace, and by whom. Kept apart by observer, because whoever learns a trace's id can send
 * anything about it: what one organization tells must neither teach another one a replay nor spoil its own.
 */
final class Witnesses {

    /** What a witness changed. */
    enum News {
        NOTHING,
        /** Nothing, but it comes a second time from the same place of its input: a crash cut off what it had led to. */
        REPEATED,
        CHANGED
    }

    private final Rows rows;
    private final JoinSettings settings;
    private final Deadlines deadlines;
    private final Affiliations affiliations;

    Witnesses(Rows rows, JoinSettings settings, Deadlines deadlines, Affiliations affiliations) {
        this.rows = rows;
        this.settings = settings;
        this.deadlines = deadlines;
        this.affiliations = affiliations;
    }

    News add(Sighting witness, long offset) {
        long observer = observer(witness);
        byte[] key = Keys.witness(witness.getTraceId(), observer, witness.getReplayId());
        byte[] found = rows.get(key);
        WitnessRow told = WitnessRow.of(witness, offset);
        if (found == null) {
            return addReplay(witness, observer, key, told);
        }
        WitnessRow row = WitnessRow.read(found);
        WitnessRow merged = row.merge(told);
        if (merged.sameAs(row)) {
            return offset <= row.offset() ? News.REPEATED : News.NOTHING;
        }
        rows.put(key, merged.toBytes());
        return News.CHANGED;
    }

    Ranking.Choice choose(EventSummary event, Id trace) {
        Candidates own = new Candidates();
        Candidates unknown = new Candidates();
        try (Rows.Cursor found = rows.prefix(Keys.of(Keys.REPLAY, trace))) {
            while (found.hasNext()) {
                Rows.Row row = found.next();
                switch (match(event, Keys.observer(row.key()))) {
                    case SAME -> own.add(row);
                    case UNKNOWN -> unknown.add(row);
                    case FOREIGN -> {}
                }
            }
        }
        // Who is not known yet must not spoil what is; alone it is confirm that makes it wait.
        Candidates candidates = own.replays.isEmpty() ? unknown : own;
        return candidates.replays.size() > settings.traceMaxReplays()
                ? new Ranking.Choice.None(UnlinkedReason.SHARED_TRACE)
                : Ranking.choose(
                        event.getTimestampMs(),
                        List.copyOf(candidates.replays.values()),
                        settings.traceTolerance().toMillis());
    }

    void expire(byte[] key, byte[] row, long replaySideMs) {
        long lastSeenMs = key[0] == Keys.SHARED
                ? ByteBuffer.wrap(row).getLong()
                : WitnessRow.read(row).lastSeenMs();
        long forgetMs = lastSeenMs + settings.memory().toMillis();
        if (forgetMs >= replaySideMs) {
            deadlines.addAt(forgetMs, key);
            return;
        }
        rows.delete(key);
        affiliations.forget(Keys.observer(key), key);
    }

    private News addReplay(Sighting witness, long observer, byte[] key, WitnessRow told) {
        byte[] shared = Keys.of(Keys.SHARED, witness.getTraceId(), observer);
        byte[] sharedSince = rows.get(shared);
        if (sharedSince != null) {
            if (ByteBuffer.wrap(sharedSince).getLong() < witness.getSeenMs()) {
                rows.put(shared, moment(witness.getSeenMs()));
            }
            return News.NOTHING;
        }
        rows.put(key, told.toBytes());
        deadlines.addAfter(witness.getSeenMs(), settings.memory(), key);
        if (observer > 0) {
            affiliations.awaitOrganization(observer, key);
        }
        if (isCrowded(witness.getTraceId(), observer)) {
            // One page, cached, gives its trace to every visitor: nothing more is kept of it than that.
            rows.put(shared, moment(witness.getSeenMs()));
            deadlines.addAfter(witness.getSeenMs(), settings.memory(), shared);
        }
        return News.CHANGED;
    }

    private boolean isCrowded(Id trace, long observer) {
        int replays = 0;
        try (Rows.Cursor found = rows.prefix(Keys.of(Keys.REPLAY, trace, observer))) {
            while (found.hasNext() && replays <= settings.traceMaxReplays()) {
                found.next();
                replays++;
            }
        }
        return replays > settings.traceMaxReplays();
    }

    private Affiliations.Match match(EventSummary event, long observer) {
        return affiliations.match(
                event.getOrganizationId(), observer < 0 ? -observer : observer == 0 ? 0 : affiliations.of(observer));
    }

    /** Who tells: an organization, as a negative number; else a project whose organization others have to tell; else 0. */
    private static long observer(Sighting witness) {
        return witness.getOrganizationId() > 0 ? -witness.getOrganizationId() : Math.max(0, witness.getProjectId());
    }

    private static byte[] moment(long ms) {
        return ByteBuffer.allocate(Long.BYTES).putLong(ms).array();
    }

    /** The replays that an event may see, each once whoever told of it. */
    private static final class Candidates {
        final Map<Id, Ranking.Candidate> replays = new HashMap<>();

        void add(Rows.Row row) {
            WitnessRow witness = WitnessRow.read(row.value());
            Id replay = Keys.replay(row.key());
            replays.merge(
                    replay,
                    new Ranking.Candidate(replay, witness.startedMs(), witness.lastSeenMs()),
                    Ranking.Candidate::merge);
        }
    }
}
