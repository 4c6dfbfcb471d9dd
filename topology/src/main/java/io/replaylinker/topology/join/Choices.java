package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.topology.claim.Claims;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows of waiting events and what was decided on each: emits what changes, first what no longer holds, then what does, ends what has
 * waited long enough, and forgets what was deleted. Shared by the two steps that decide.
 */
final class Choices {

    private final KnownRows rows;
    private final JoinSettings settings;
    private final JoinOutput output;
    private final Deadlines deadlines;
    private final Tombstones tombstones;
    private final WaitingEvents waiting = new WaitingEvents();
    private final AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());

    /**
     * What is to be decided on an event.
     *
     * @param revision at least this: where inputs come by several ways, their order differs after a crash, and so does the number of
     *     decisions; the revision then has to follow from what is known. 0 where it is the number of decisions
     * @param others replays that are withdrawn whenever anything changes, except the one that is decided for: what a crash cut off may
     *     have chosen them, with less known. None where a crash has the same decided in the same order again
     */
    record Choice(Decision decision, int revision, Set<Id> others) {

        static Choice of(Decision decision) {
            return new Choice(decision, 0, Set.of());
        }
    }

    /** Expires a row of what the step knows beside its events. */
    interface KnowledgeExpiry {
        void expire(byte[] key, byte[] row);
    }

    /**
     * Goes on with what the rows say.
     *
     * @param rows the step's own; to survive crashes
     * @param deadlines the step's own; made anew from the rows, so they need not survive
     */
    Choices(KnownRows rows, Rows deadlines, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.settings = settings;
        this.output = output;
        this.deadlines = new Deadlines(
                deadlines, rows, row -> waiting.changed(false, ResolvedRow.isWaiting(row), RowHead.dueMs(row)));
        this.tombstones = new Tombstones(rows, this.deadlines, settings.memory());
    }

    /** Those of the step; what it knows beside its events expires by them too. */
    Deadlines deadlines() {
        return deadlines;
    }

    ResolvedRow read(byte[] row) {
        return ResolvedRow.read(row, claims);
    }

    /** End of the wait of an event that comes now, epoch milliseconds. */
    long dueMs(Claim claim) {
        return deadlines.after(claim.getEvent().getReceivedMs(), settings.waitFor());
    }

    /** Starts the wait of an event. */
    void add(byte[] key, ResolvedRow row, Choice choice, long offset) {
        deadlines.add(row.dueMs(), key);
        change(key, null, row, row.decide(choice, choice.revision(), offset), choice.others());
    }

    /** Writes a row that changes no decision. */
    void note(byte[] key, ResolvedRow row) {
        rows.put(key, row.toBytes(claims));
    }

    /** Writes a row whose claim has changed, and emits what that changes. */
    void update(byte[] key, ResolvedRow before, ResolvedRow row, Choice choice, long offset) {
        boolean changed = !choice.decision().equals(before.decision())
                || !lookupsThatChose(row).equals(lookupsThatChose(before));
        int next = Math.max(choice.revision(), changed ? row.revision() + 1 : row.revision());
        change(key, before, row, next == row.revision() ? row : row.decide(choice, next, offset), choice.others());
    }

    /**
     * Emits what a choice changes.
     *
     * @return whether anything changed
     */
    boolean decide(byte[] key, ResolvedRow row, Choice choice, long offset) {
        boolean changed = !choice.decision().equals(row.decision());
        int next = Math.max(choice.revision(), changed ? row.revision() + 1 : row.revision());
        // An answer is final when the event's wait is over; its row may be there a while longer, until what was emitted
        // is safe.
        boolean isFinal = isVerdict(row) && row.dueMs() < deadlines.expiredUntilMs();
        if (next == row.revision() || isFinal) {
            return false;
        }
        change(key, row, row, row.decide(choice, next, offset), choice.others());
        return true;
    }

    private void change(byte[] key, @Nullable ResolvedRow before, ResolvedRow row, ResolvedRow next, Set<Id> others) {
        rows.put(key, next.toBytes(claims));
        waiting.changed(before != null && before.isWaiting(), next.isWaiting(), next.dueMs());
        boolean changed =
                before == null ? next.replay() != null || !next.former().isEmpty() : next.revision() != row.revision();
        boolean first = before == null && isVerdict(next) && !next.decision().equals(Decision.TRACE_NOT_SEEN);
        if (!changed && !first) {
            return;
        }
        deadlines.said(key);
        if (isVerdict(next)) {
            emit(next, next.replay(), false);
            return;
        }
        Set<Id> withdrawn = new TreeSet<>(others);
        if (row.replay() != null) {
            withdrawn.add(row.replay());
        }
        emitLinks(next, withdrawn);
    }

    /** Emits once more all that was emitted of an event: a crash may have cut it off. */
    void emitAgain(byte[] key, ResolvedRow row) {
        deadlines.said(key);
        if (isVerdict(row)) {
            emit(row, row.replay(), false);
            return;
        }
        emitLinks(row, row.former());
    }

    /** First what does not hold, then what does. */
    private void emitLinks(ResolvedRow row, Collection<Id> withdrawn) {
        withdrawn.stream().filter(replay -> !replay.equals(row.replay())).forEach(replay -> emit(row, replay, true));
        if (row.replay() != null) {
            emit(row, row.replay(), false);
        }
    }

    /** What this step decides is one of several answers, of which another step chooses. */
    private static boolean isVerdict(ResolvedRow row) {
        return row.claim().getLookup() >= 0 && Claims.needsChoice(row.claim());
    }

    private void emit(ResolvedRow row, @Nullable Id replay, boolean withdrawn) {
        Decision decision = row.decision();
        Claim claim = Claims.copy(row.claim());
        claim.setReplayId(replay);
        claim.setMethod(decision.method());
        claim.setConfidence(withdrawn ? 0 : decision.confidence());
        claim.setRevision(row.revision());
        claim.setWithdrawn(withdrawn);
        claim.setBuffering(decision.buffering());
        claim.setPathless(decision.pathless());
        claim.setAnchorMs(decision.anchorMs());
        claim.setPageSeen(decision.pageSeen());
        claim.setReason(decision.replay() == null ? decision.reason() : null);
        if (isVerdict(row)) {
            output.verdict(claim);
        } else {
            // Nothing behind this step asks where else the replay was looked for.
            claim.setLookups(lookupsThatChose(row));
            claim.setVerdicts(List.of());
            output.resolved(claim);
        }
    }

    /** The lookup whose trace alone ties the event to its replay; none where something else does. */
    private static List<Lookup> lookupsThatChose(ResolvedRow row) {
        List<Lookup> all = row.claim().getLookups();
        if (!row.decision().pathless() || all.size() < 2) {
            return row.decision().pathless() ? all : List.of();
        }
        return row.claim().getVerdicts().stream()
                .filter(verdict -> verdict.getReplayId() != null)
                .limit(1)
                .map(verdict -> all.get(verdict.getLookup()))
                .toList();
    }

    void onTombstone(Tombstone tombstone) {
        tombstones.add(tombstone);
    }

    /** Whether the event of this key was deleted. */
    boolean isDeleted(byte[] key) {
        return tombstones.cover(key);
    }

    /**
     * Expires what is due, see {@link KeyedJoin#expire}.
     *
     * @param knowledge is given each row that is due and belongs to no event
     */
    int expire(long watermarkMs, int atMost, KnowledgeExpiry knowledge) {
        int looked = rows.refresh(atMost / 2);
        // What was resolved, confirm retracts by itself: it sees the deletion too.
        looked += tombstones.lookFor(atMost - looked, event -> {
            waiting.changed(ResolvedRow.isWaiting(event.value()), false, RowHead.dueMs(event.value()));
            rows.delete(event.key());
        });
        return looked + deadlines.eachDue(watermarkMs, atMost - looked, (key, row) -> expire(key, row, knowledge));
    }

    private void expire(byte[] key, byte[] row, KnowledgeExpiry knowledge) {
        switch (key[0]) {
            case Keys.EVENT -> {
                // Of a deleted one nothing is emitted; the search for it, which may not have come to it yet, has it
                // forgotten.
                if (!isDeleted(key)) {
                    expireEvent(key, row);
                }
            }
            case Keys.SEEN -> knowledge.expire(key, row);
            default -> rows.delete(key);
        }
    }

    void settle() {
        tombstones.settle();
        deadlines.settle(this::close);
    }

    Waiting waiting() {
        return waiting.at(deadlines.expiredUntilMs());
    }

    /** Ends the wait of an event without a replay, or lets one go whose row is needed no longer. */
    private void expireEvent(byte[] key, byte[] value) {
        ResolvedRow row = read(value);
        if (isVerdict(row)) {
            if (deadlines.mayGo(key, row.dueMs())) {
                rows.delete(key);
            }
        } else if (row.replay() == null && !row.closed()) {
            boolean published =
                    Verdicts.emit(output, row.claim(), row.decision().reason(), settings.waitFor());
            if (row.revision() == 0 && !published && !Verdicts.claimsReplay(row.claim())) {
                // Half of all events are such that nothing was ever emitted of them.
                rows.delete(key);
            } else {
                deadlines.told(key);
            }
        } else if (deadlines.mayGo(key, row.dueMs())) {
            rows.delete(key);
        }
    }

    /** After the commit that made "unlinked" durable. Nobody waits for more on a trace alone. */
    private void close(byte[] key, byte[] value) {
        ResolvedRow row = read(value);
        if (row.replay() == null && !Verdicts.claimsReplay(row.claim())) {
            rows.delete(key);
            return;
        }
        long memoryEndsMs = row.dueMs() + settings.memoryAfterWait().toMillis();
        rows.put(key, row.closedUntil(memoryEndsMs).toBytes(claims));
        deadlines.add(memoryEndsMs, key);
    }
}
