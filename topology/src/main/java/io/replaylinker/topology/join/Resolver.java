package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.serdes.LruCache;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * First step of the join, keyed by trace: an event without an explicit id meets the witnesses of its trace and gets the replay
 * that confirm is to look for. As long as the event waits, a better witness revises the choice: the old one is withdrawn, so that
 * the last word does not depend on what arrived first.
 */
public final class Resolver implements KeyedJoin {

    private final KnownRows rows;
    private final JoinSettings settings;
    private final JoinOutput output;
    private final Deadlines deadlines;
    private final Tombstones tombstones;
    private final Affiliations affiliations;
    private final Witnesses witnesses;
    private final WaitingEvents waiting = new WaitingEvents();
    /**
     * Keys that were told again since the start. After a crash a busy one sends many inputs that come a second time, and the first of
     * them has all that follows from the others told again too.
     */
    private final LruCache<Id, Boolean> toldAgain = new LruCache<>(Keys.MOST_IN_MEMORY);

    private final AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());

    /**
     * Goes on with what the rows say.
     *
     * @param rows the step's own; to survive crashes
     * @param deadlines the step's own; made anew from the rows, so they need not survive
     */
    public Resolver(Rows rows, Rows deadlines, JoinSettings settings, JoinOutput output) {
        this.rows = new KnownRows(rows);
        this.settings = settings;
        this.output = output;
        this.deadlines = new Deadlines(
                deadlines, this.rows, row -> waiting.changed(false, ResolvedRow.isWaiting(row), RowHead.dueMs(row)));
        this.tombstones = new Tombstones(this.rows, this.deadlines, settings.memory());
        this.affiliations = new Affiliations(this.rows, settings.tenancy());
        this.witnesses = new Witnesses(this.rows, settings, this.deadlines, affiliations);
    }

    @Override
    public void onClaim(Claim claim, long offset) {
        Id trace = claim.getEvent().getTraceId();
        byte[] key = Keys.onTrace(trace, claim.getEvent());
        byte[] found = rows.get(key);
        if (found != null) {
            ResolvedRow row = ResolvedRow.read(found, claims);
            if (offset <= row.offset() && !judge(key, row, witnesses.find(trace), offset, false)) {
                tellAgain(row);
            }
        } else if (!tombstones.cover(key)) {
            TraceRow seen = witnesses.awaitedBy(trace);
            long dueMs = deadlines.after(claim.getEvent().getReceivedMs(), settings.waitFor());
            deadlines.add(dueMs, key);
            judge(key, ResolvedRow.unresolved(claim, dueMs, offset), seen, offset, true);
        }
    }

    @Override
    public void onSighting(Sighting witness, long offset) {
        Id trace = witness.getTraceId();
        Witnesses.News news = witnesses.add(witness, offset);
        if (news.repeated()) {
            if (toldAgain.putIfAbsent(trace, true) == null) {
                judgeAll(trace, offset, true);
            }
        } else if (news.isForAll()) {
            judgeAll(trace, offset, false);
        } else if (news.isForSome()) {
            judgeFrom(Keys.onTraceAfter(trace, news.afterMs()), Keys.of(Keys.EVENT, trace), offset, false);
        }
    }

    @Override
    public void onAffiliation(long project, long organization, long offset) {
        Affiliations.Lesson lesson = affiliations.learn(project, organization, offset);
        if (lesson.everything()) {
            judgeFrom(Keys.table(Keys.EVENT), Keys.table(Keys.EVENT), offset, lesson.repeated());
        }
        for (byte[] trace : lesson.affected()) {
            judgeAll(Keys.id(trace), offset, lesson.repeated());
        }
    }

    @Override
    public void onTombstone(Tombstone tombstone, long offset) {
        tombstones.add(tombstone);
    }

    @Override
    public int expire(long replaySideMs, int atMost) {
        int looked = rows.refresh(atMost / 2);
        // What was resolved, confirm takes back by itself: it hears of the deletion too.
        looked += tombstones.lookFor(atMost - looked, event -> {
            waiting.changed(ResolvedRow.isWaiting(event.value()), false, RowHead.dueMs(event.value()));
            rows.delete(event.key());
        });
        return looked + deadlines.eachDue(replaySideMs, atMost - looked, (key, row) -> expire(key, row, replaySideMs));
    }

    private void expire(byte[] key, byte[] row, long replaySideMs) {
        switch (key[0]) {
            case Keys.EVENT -> {
                // Of a deleted one nothing is told; the search for it, which may not have come to it yet, has it
                // forgotten.
                if (!tombstones.cover(key)) {
                    expire(key, ResolvedRow.read(row, claims));
                }
            }
            case Keys.SEEN -> witnesses.expire(key, row, replaySideMs);
            default -> rows.delete(key);
        }
    }

    private void expire(byte[] key, ResolvedRow row) {
        if (row.replay() == null && !row.closed()) {
            EventSummary event = row.claim().getEvent();
            Ranking.Choice choice = Candidates.of(event, witnesses.find(Keys.id(key)), affiliations)
                    .choose(event.getTimestampMs(), settings);
            UnlinkedReason reason = choice instanceof Ranking.Choice.None none ? none.reason() : UnlinkedReason.UNKNOWN;
            Verdicts.tell(output, row.claim(), reason, settings.waitFor());
            if (row.revision() == 0 && !Verdicts.claimsReplay(row.claim())) {
                // Half of all events are such that nothing was ever told of them.
                rows.delete(key);
            } else {
                deadlines.told(key);
            }
        } else if (deadlines.mayGo(key, row.dueMs())) {
            rows.delete(key);
        }
    }

    @Override
    public void settle() {
        tombstones.settle();
        deadlines.settle((key, row) -> close(key, ResolvedRow.read(row, claims)));
    }

    /** Nobody waits for a later word on a trace alone. */
    private void close(byte[] key, ResolvedRow row) {
        if (row.replay() == null && !Verdicts.claimsReplay(row.claim())) {
            rows.delete(key);
            return;
        }
        long memoryEndsMs = row.dueMs() + settings.memoryAfterWait().toMillis();
        rows.put(key, row.closedUntil(memoryEndsMs).toBytes(claims));
        deadlines.add(memoryEndsMs, key);
    }

    @Override
    public Waiting waiting() {
        return waiting.at(deadlines.expiredUntilMs());
    }

    private void moved(@Nullable ResolvedRow before, ResolvedRow now) {
        waiting.changed(before != null && before.isWaiting(), now.isWaiting(), now.dueMs());
    }

    private void judgeAll(Id trace, long offset, boolean repeated) {
        byte[] onTrace = Keys.of(Keys.EVENT, trace);
        witnesses.startJudging(trace);
        judgeFrom(onTrace, onTrace, offset, repeated);
    }

    private void judgeFrom(byte[] from, byte[] prefix, long offset, boolean repeated) {
        rows.each(from, prefix, event -> {
            ResolvedRow row = ResolvedRow.read(event.value(), claims);
            if (!judge(event.key(), row, witnesses.find(Keys.id(event.key())), offset, false) && repeated) {
                tellAgain(row);
            }
        });
    }

    /**
     * Tells what changed since the last word on this event: first what no longer holds, then what does.
     *
     * @return whether anything changed
     */
    private boolean judge(byte[] key, ResolvedRow row, @Nullable TraceRow seen, long offset, boolean isNew) {
        EventSummary event = row.claim().getEvent();
        Candidates candidates = Candidates.of(event, seen, affiliations);
        Ranking.Choice choice = candidates.choose(event.getTimestampMs(), settings);
        Id replay = choice instanceof Ranking.Choice.Chosen chosen ? chosen.replay() : null;
        double confidence = choice instanceof Ranking.Choice.Chosen chosen ? chosen.confidence() : 0;
        if (seen != null && (replay == null || !candidates.isOnly())) {
            witnesses.unsettled(Keys.id(key));
        }
        boolean changed = confidence != row.confidence() || !Objects.equals(replay, row.replay());
        if (!changed && !isNew) {
            return false;
        }
        ResolvedRow next = row.choose(replay, confidence, row.revision() + (isNew ? 0 : 1), offset);
        rows.put(key, next.toBytes(claims));
        moved(isNew ? null : row, next);
        if (changed) {
            deadlines.said(key);
        }
        if (row.replay() != null && !row.replay().equals(replay)) {
            output.resolved(copy(next, row.replay(), true));
        }
        if (replay != null) {
            output.resolved(copy(next, replay, false));
        }
        return true;
    }

    private void tellAgain(ResolvedRow row) {
        row.former().forEach(withdrawn -> output.resolved(copy(row, withdrawn, true)));
        if (row.replay() != null) {
            output.resolved(copy(row, row.replay(), false));
        }
    }

    private static Claim copy(ResolvedRow row, Id replay, boolean withdrawn) {
        Claim claim = new Claim();
        claim.setEvent(row.claim().getEvent());
        claim.setMethod(row.claim().getMethod());
        claim.setReplayId(replay);
        claim.setConfidence(withdrawn ? 0 : row.confidence());
        claim.setRevision(row.revision());
        claim.setWithdrawn(withdrawn);
        return claim;
    }
}
