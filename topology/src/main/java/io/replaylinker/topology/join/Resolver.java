package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.AvroBinary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        if (found != null) {
            ResolvedRow row = ResolvedRow.read(found, claims);
            if (offset <= row.offset() && row.replay() != null) {
                output.resolved(copy(row, row.replay(), row.confidence(), row.knownAtMs(), false));
            }
            return;
        }
        deadlines.addAfter(claim.getEvent().getReceivedMs(), settings.waitFor(), key);
        judge(
                key,
                ResolvedRow.unresolved(claim, offset),
                witnesses.choose(claim.getEvent(), trace),
                claim.getKnownAtMs(),
                true);
    }

    @Override
    public void onSighting(Sighting witness, long offset) {
        Witnesses.News news = witnesses.add(witness, offset);
        if (news != Witnesses.News.NOTHING) {
            judgeAll(witness.getTraceId(), witness.getSeenMs(), news == Witnesses.News.REPEATED);
        }
    }

    @Override
    public void onAffiliation(long project, long organization) {
        for (byte[] witness : affiliations.learn(project, organization)) {
            judgeAll(Keys.firstId(witness), 0, false);
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
        if (Verdicts.claimsReplay(row.claim())) {
            output.unlinked(Verdicts.unlinked(row.claim(), reason, settings.waitFor()));
        } else {
            output.unclaimed(reason);
        }
    }

    private void judgeAll(Id trace, long becauseMs, boolean again) {
        List<Rows.Row> events = new ArrayList<>();
        try (Rows.Cursor found = rows.prefix(Keys.of(Keys.EVENT, trace))) {
            found.forEachRemaining(events::add);
        }
        if (events.isEmpty()) {
            return;
        }
        for (Rows.Row event : events) {
            ResolvedRow row = ResolvedRow.read(event.value(), claims);
            Ranking.Choice choice = witnesses.choose(row.claim().getEvent(), trace);
            judge(event.key(), row, choice, becauseMs, false);
            if (again
                    && row.replay() != null
                    && choice instanceof Ranking.Choice.Chosen chosen
                    && chosen.replay().equals(row.replay())) {
                output.resolved(copy(row, row.replay(), row.confidence(), row.knownAtMs(), false));
            }
        }
    }

    /** Tells what changed since the last word on this event: first what no longer holds, then what does. */
    private void judge(byte[] key, ResolvedRow row, Ranking.Choice choice, long becauseMs, boolean isNew) {
        Id replay = choice instanceof Ranking.Choice.Chosen chosen ? chosen.replay() : null;
        double confidence = choice instanceof Ranking.Choice.Chosen chosen ? chosen.confidence() : 0;
        boolean changed = confidence != row.confidence() || !Objects.equals(replay, row.replay());
        if (!changed && !isNew) {
            return;
        }
        long knownAt = isNew ? row.knownAtMs() : Math.max(becauseMs, row.knownAtMs() + 1);
        rows.put(key, new ResolvedRow(row.claim(), replay, confidence, knownAt, row.offset()).toBytes(claims));
        if (row.replay() != null && !row.replay().equals(replay)) {
            output.resolved(copy(row, row.replay(), row.confidence(), knownAt, true));
        }
        if (replay != null) {
            output.resolved(copy(row, replay, confidence, knownAt, false));
        }
    }

    private static Claim copy(
            ResolvedRow row, @Nullable Id replay, double confidence, long knownAtMs, boolean withdrawn) {
        Claim claim = new Claim();
        claim.setEvent(row.claim().getEvent());
        claim.setMethod(row.claim().getMethod());
        claim.setReplayId(replay);
        claim.setConfidence(confidence);
        claim.setKnownAtMs(knownAtMs);
        claim.setWithdrawn(withdrawn);
        return claim;
    }
}
