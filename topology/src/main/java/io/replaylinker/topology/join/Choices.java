package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
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

    private final Rows rows;
    private final JoinSettings settings;
    private final JoinOutput output;
    private final Deadlines deadlines;
    private final Tombstones tombstones;
    private final WaitingEvents waiting = new WaitingEvents();
    private final ClaimBytes claims = new ClaimBytes();

    /**
     * What is to be decided on an event.
     *
     * @param revision at least this: where inputs come by several ways, it follows from what is known. 0 where it is the number of
     *     decisions
     * @param others replays that are withdrawn whenever anything changes, except the one that is decided for
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
     * Knows nothing yet.
     *
     * @param rows the step's own, empty
     */
    Choices(Rows rows, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.settings = settings;
        this.output = output;
        this.deadlines = new Deadlines(rows);
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
    void add(byte[] key, ResolvedRow row, Choice choice) {
        deadlines.add(row.dueMs(), key);
        change(key, null, row, row.decide(choice, choice.revision()), choice.others());
    }

    /** Writes a row that changes no decision. */
    void note(byte[] key, ResolvedRow row) {
        rows.put(key, row.toBytes(claims));
    }

    /** Writes a row whose claim has changed, and emits what that changes. */
    void update(byte[] key, ResolvedRow before, ResolvedRow row, Choice choice) {
        boolean changed = !choice.decision().equals(before.decision())
                || !lookupsThatChose(row).equals(lookupsThatChose(before));
        int next = Math.max(choice.revision(), changed ? row.revision() + 1 : row.revision());
        change(key, before, row, next == row.revision() ? row : row.decide(choice, next), choice.others());
    }

    /** Emits what a choice changes. */
    void decide(byte[] key, ResolvedRow row, Choice choice) {
        boolean changed = !choice.decision().equals(row.decision());
        int next = Math.max(choice.revision(), changed ? row.revision() + 1 : row.revision());
        // An answer is final when the event's wait is over, also where its row is not looked at yet.
        boolean isFinal = isVerdict(row) && row.dueMs() < deadlines.expiredUntilMs();
        if (next != row.revision() && !isFinal) {
            change(key, row, row, row.decide(choice, next), choice.others());
        }
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
        // What was resolved, confirm retracts by itself: it sees the deletion too.
        int looked = tombstones.lookFor(atMost, event -> {
            ResolvedRow row = read(event.value());
            waiting.changed(row.isWaiting(), false, row.dueMs());
        });
        return looked + deadlines.eachDue(watermarkMs, atMost - looked, (key, row) -> expire(key, row, knowledge));
    }

    /** See {@link KeyedJoin#relieve}. */
    int relieve(long untilMs, int atMost, KnowledgeExpiry knowledge) {
        return deadlines.eachBefore(untilMs, atMost, (key, row) -> expire(key, row, knowledge));
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

    Waiting waiting() {
        return waiting.at(deadlines.expiredUntilMs());
    }

    /**
     * Ends the wait of an event without a replay, or lets one go whose row is needed no longer. Nobody waits for more on a trace alone;
     * of what claims a replay, evidence that turns up within its memory still makes it a link.
     */
    private void expireEvent(byte[] key, byte[] value) {
        ResolvedRow row = read(value);
        boolean ends = !isVerdict(row) && row.replay() == null && !row.closed();
        if (ends) {
            Verdicts.emit(output, row.claim(), row.decision().reason(), settings.waitFor());
        }
        if (ends && Verdicts.claimsReplay(row.claim())) {
            long memoryEndsMs = row.dueMs() + settings.memoryAfterWait().toMillis();
            note(key, row.closedUntil(memoryEndsMs));
            deadlines.add(memoryEndsMs, key);
        } else {
            rows.delete(key);
        }
    }
}
