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
 * Rows of waiting events with their last decisions. Emits changes, retractions before new links; expires events whose
 * wait is over; removes deleted events. Shared by the two steps that decide.
 */
final class Choices {

    private final Rows rows;
    private final JoinSettings settings;
    private final JoinOutput output;
    private final Timers timers;
    private final Tombstones tombstones;
    private final WaitingEvents waiting = new WaitingEvents();
    private final ClaimBytes claims = new ClaimBytes();

    /**
     * The decision to make on an event.
     *
     * @param revision lower bound: where inputs come by several ways, it is derived from what is known. 0 where it is
     *     the number of decisions
     * @param others replays that are retracted whenever anything changes, except the chosen one
     */
    record Choice(Decision decision, int revision, Set<Id> others) {

        static Choice of(Decision decision) {
            return new Choice(decision, 0, Set.of());
        }
    }

    /** Expires a row that belongs to no event. */
    interface KnowledgeExpiry {
        void expire(byte[] key, byte[] row);
    }

    /**
     * Starts with empty state.
     *
     * @param rows the step's own, empty
     */
    Choices(Rows rows, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.settings = settings;
        this.output = output;
        this.timers = new Timers(rows);
        this.tombstones = new Tombstones(rows, this.timers, settings.memory());
    }

    /** The timers of the step; rows that belong to no event expire by them too. */
    Timers timers() {
        return timers;
    }

    ResolvedRow read(byte[] key, byte[] row) {
        return ResolvedRow.read(key, row, claims);
    }

    /** End of the wait of an event that comes now, epoch milliseconds. */
    long expiryMs(Claim claim) {
        return timers.after(claim.getEvent().getReceivedMs(), settings.waitFor());
    }

    /** Starts the wait of an event. */
    void add(byte[] key, ResolvedRow row, Choice choice) {
        change(key, null, row, row.decide(choice, choice.revision()), choice.others());
        timers.add(row.expiryMs(), key);
    }

    /** Writes a row that changes no decision. */
    void note(byte[] key, ResolvedRow row) {
        rows.put(key, row.toBytes(key, claims));
    }

    /** Writes a row whose claim has changed, and emits the changes. */
    void update(byte[] key, ResolvedRow before, ResolvedRow row, Choice choice) {
        boolean changed = !choice.decision().equals(before.decision())
                || !lookupsThatChose(row).equals(lookupsThatChose(before));
        int next = Math.max(choice.revision(), changed ? row.revision() + 1 : row.revision());
        change(key, before, row, next == row.revision() ? row : row.decide(choice, next), choice.others());
    }

    /** Emits the changes that result from a choice. */
    void decide(byte[] key, ResolvedRow row, Choice choice) {
        boolean changed = !choice.decision().equals(row.decision());
        int next = Math.max(choice.revision(), changed ? row.revision() + 1 : row.revision());
        // An answer is final when the event's wait is over, even if the timer of its row has not fired yet.
        boolean isFinal = isVerdict(row) && row.expiryMs() < timers.expiredUntilMs();
        if (next != row.revision() && !isFinal) {
            change(key, row, row, row.decide(choice, next), choice.others());
        }
    }

    private void change(byte[] key, @Nullable ResolvedRow before, ResolvedRow row, ResolvedRow next, Set<Id> others) {
        rows.put(key, next.toBytes(key, claims));
        waiting.changed(before != null && before.isWaiting(), next.isWaiting(), next.expiryMs());
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

    /** Retractions first, then the link. */
    private void emitLinks(ResolvedRow row, Collection<Id> withdrawn) {
        withdrawn.stream().filter(replay -> !replay.equals(row.replay())).forEach(replay -> emit(row, replay, true));
        if (row.replay() != null) {
            emit(row, row.replay(), false);
        }
    }

    /** Whether the decision is one of several answers, of which another step chooses. */
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
            // The next steps do not need the other lookups.
            claim.setLookups(lookupsThatChose(row));
            claim.setVerdicts(List.of());
            output.resolved(claim);
        }
    }

    /** The lookup whose trace alone ties the event to its replay; empty where something else does. */
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
     * @param knowledge receives each expired row that belongs to no event
     */
    int expire(long watermarkMs, int atMost, KnowledgeExpiry knowledge) {
        // Confirm retracts resolved links by itself: it receives the deletion too.
        int looked = tombstones.lookFor(atMost, event -> {
            ResolvedRow row = read(event.key(), event.value());
            waiting.changed(row.isWaiting(), false, row.expiryMs());
        });
        return looked + timers.fire(watermarkMs, atMost - looked, (key, row) -> expire(key, row, knowledge));
    }

    /** See {@link KeyedJoin#relieve}. */
    int relieve(long untilMs, int atMost, KnowledgeExpiry knowledge) {
        return timers.fireBefore(untilMs, atMost, (key, row) -> expire(key, row, knowledge));
    }

    private void expire(byte[] key, byte[] row, KnowledgeExpiry knowledge) {
        switch (key[0]) {
            case Keys.EVENT -> {
                // Nothing is emitted for a deleted event. Its row is removed by the search for deleted events, which
                // may not have reached it yet.
                if (!isDeleted(key)) {
                    expireEvent(key, row);
                }
            }
            case Keys.SEEN -> knowledge.expire(key, row);
            default -> rows.delete(key);
        }
    }

    Waiting waiting() {
        return waiting.at(timers.expiredUntilMs());
    }

    /**
     * Ends the wait of an event without a replay, or removes a row that is no longer needed. An event with a trace
     * alone does not wait any longer. An event that claims a replay is still linked by evidence that turns up within
     * its memory.
     */
    private void expireEvent(byte[] key, byte[] value) {
        ResolvedRow row = read(key, value);
        boolean ends = !isVerdict(row) && row.replay() == null && !row.closed();
        if (ends) {
            Verdicts.emit(output, row.claim(), row.decision().reason(), settings.waitFor());
        }
        if (ends && Verdicts.claimsReplay(row.claim())) {
            long memoryEndsMs = row.expiryMs() + settings.memoryAfterWait().toMillis();
            note(key, row.closedUntil(memoryEndsMs));
            timers.add(memoryEndsMs, key);
        } else {
            rows.delete(key);
        }
    }
}
