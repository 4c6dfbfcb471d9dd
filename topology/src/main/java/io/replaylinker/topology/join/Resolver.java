package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.AvroBinary;
import java.util.List;
import java.util.Objects;

/**
 * First step of the join, keyed by trace: an event without an explicit id meets the witnesses of its trace and gets the replay
 * that confirm is to look for. As long as the event waits, a better witness revises the choice: the old one is withdrawn, so that
 * the last word does not depend on what arrived first.
 */
public final class Resolver implements KeyedJoin {

    private final Rows rows;
    private final JoinSettings settings;
    private final JoinOutput output;
    private final Deadlines deadlines;
    private final Affiliations affiliations;
    private final Witnesses witnesses;
    private final AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());

    public Resolver(Rows rows, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.settings = settings;
        this.output = output;
        this.deadlines = new Deadlines(rows);
        this.affiliations = new Affiliations(rows, settings.tenancy());
        this.witnesses = new Witnesses(rows, settings, deadlines, affiliations);
    }

    @Override
    public void onClaim(Claim claim, long offset) {
        Id trace = claim.getEvent().getTraceId();
        byte[] key = Keys.event(trace, claim.getEvent());
        byte[] found = rows.get(key);
        if (found == null) {
            deadlines.addAfter(claim.getEvent().getReceivedMs(), settings.waitFor(), key);
            judge(key, ResolvedRow.unresolved(claim, offset), offset, true);
            return;
        }
        ResolvedRow row = ResolvedRow.read(found, claims);
        if (offset <= row.offset() && !judge(key, row, offset, false)) {
            tellAgain(row);
        }
    }

    @Override
    public void onSighting(Sighting witness, long offset) {
        Witnesses.News news = witnesses.add(witness, offset);
        if (news != Witnesses.News.NOTHING) {
            judgeAll(witness.getTraceId(), offset, news == Witnesses.News.REPEATED);
        }
    }

    @Override
    public void onAffiliation(long project, long organization, long offset) {
        Affiliations.Lesson lesson = affiliations.learn(project, organization, offset);
        for (byte[] witness : lesson.affected()) {
            judgeAll(Keys.firstId(witness), offset, lesson.repeated());
        }
    }

    @Override
    public int expire(long replaySideMs, int atMost) {
        List<byte[]> due = deadlines.takeDue(replaySideMs, atMost);
        for (byte[] key : due) {
            byte[] row = rows.get(key);
            if (row != null) {
                expire(key, row, replaySideMs);
            }
        }
        return due.size();
    }

    private void expire(byte[] key, byte[] row, long replaySideMs) {
        if (key[0] == Keys.EVENT) {
            close(key, ResolvedRow.read(row, claims));
        } else {
            witnesses.expire(key, row, replaySideMs);
        }
    }

    private void close(byte[] key, ResolvedRow row) {
        rows.delete(key);
        if (row.replay() != null) {
            return;
        }
        UnlinkedReason reason =
                witnesses.choose(row.claim().getEvent(), Keys.firstId(key)) instanceof Ranking.Choice.None none
                        ? none.reason()
                        : UnlinkedReason.UNKNOWN;
        Verdicts.tell(output, row.claim(), reason, settings.waitFor());
    }

    private void judgeAll(Id trace, long offset, boolean repeated) {
        for (Rows.Row event : rows.all(Keys.of(Keys.EVENT, trace))) {
            ResolvedRow row = ResolvedRow.read(event.value(), claims);
            if (!judge(event.key(), row, offset, false) && repeated) {
                tellAgain(row);
            }
        }
    }

    /**
     * Tells what changed since the last word on this event: first what no longer holds, then what does.
     *
     * @return whether anything changed
     */
    private boolean judge(byte[] key, ResolvedRow row, long offset, boolean isNew) {
        Ranking.Choice choice = witnesses.choose(row.claim().getEvent(), Keys.firstId(key));
        Id replay = choice instanceof Ranking.Choice.Chosen chosen ? chosen.replay() : null;
        double confidence = choice instanceof Ranking.Choice.Chosen chosen ? chosen.confidence() : 0;
        boolean changed = confidence != row.confidence() || !Objects.equals(replay, row.replay());
        if (!changed && !isNew) {
            return false;
        }
        ResolvedRow next = row.choose(replay, confidence, row.revision() + (isNew ? 0 : 1), offset);
        rows.put(key, next.toBytes(claims));
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
