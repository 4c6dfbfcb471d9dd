package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.AvroBinary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Second step of the join, keyed by replay: a claim becomes a link when a segment of its replay has really been seen, and the two
 * sides belong to the same organization. The last word on every event is kept, so that only changes are told.
 */
public final class Confirmer implements KeyedJoin {

    /** A replay that goes on is told again at most this often. */
    static final Duration LIFE_INTERVAL = Duration.ofSeconds(30);

    private final Rows rows;
    private final JoinSettings settings;
    private final JoinOutput output;
    private final Deadlines deadlines;
    private final Affiliations affiliations;
    private final AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());

    public Confirmer(Rows rows, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.settings = settings;
        this.output = output;
        this.deadlines = new Deadlines(rows);
        this.affiliations = new Affiliations(rows, settings.tenancy());
    }

    @Override
    public void onClaim(Claim claim, long offset) {
        byte[] replayKey = Keys.of(Keys.REPLAY, claim.getReplayId());
        byte[] key = Keys.event(claim.getReplayId(), claim.getEvent());
        byte[] found = rows.get(key);
        ClaimRow row;
        if (found == null) {
            row = new ClaimRow(claim, null, 0, false, offset);
            deadlines.add(claim.getEvent().getReceivedMs() + settings.waitFor().toMillis(), key);
        } else {
            ClaimRow before = ClaimRow.read(found, claims);
            if (before.claim().getKnownAtMs() >= claim.getKnownAtMs()) {
                if (offset <= before.offset()) {
                    tellAgain(before);
                }
                return;
            }
            row = new ClaimRow(claim, before.link(), before.version(), before.closed(), offset);
        }
        judge(key, row, replayKey, stored(replayKey), claim.getKnownAtMs());
    }

    @Override
    public void onSighting(Sighting sighting, long offset) {
        Id replay = sighting.getReplayId();
        byte[] key = Keys.of(Keys.REPLAY, replay);
        ReplayRow.Stored before = stored(key);
        ReplayRow row =
                before == null ? ReplayRow.of(sighting) : before.replay().merge(ReplayRow.of(sighting));
        if (before != null && row.equals(before.replay())) {
            if (offset <= before.progress().offset()) {
                claimsOf(replay).forEach(claim -> tellAgain(ClaimRow.read(claim.value(), claims)));
            }
            return;
        }
        boolean outsiders = before != null && before.progress().hasOutsiders();
        if (before == null) {
            deadlines.add(row.lastSeenMs() + settings.memory().toMillis(), key);
        }
        if (row.organization() == 0 && affiliations.of(row.description().project()) == 0) {
            affiliations.awaitOrganization(row.description().project(), key);
        }
        long lifeToldMs = tellLife(replay, row, before);
        ReplayRow.Stored now = new ReplayRow.Stored(row, new ReplayRow.Progress(offset, lifeToldMs, outsiders));
        rows.put(key, row.toBytes(now.progress()));
        if (before == null || outsiders || row.tellsLinksMoreThan(before.replay())) {
            judgeAll(replay, key, now, sighting.getSeenMs());
        }
    }

    @Override
    public void onAffiliation(long project, long organization) {
        for (byte[] key : affiliations.learn(project, organization)) {
            ReplayRow.Stored replay = stored(key);
            if (replay != null) {
                Id id = Keys.firstId(key);
                judgeAll(id, key, replay, 0);
                output.life(replay.replay().life(id, Judgement.organization(replay.replay(), affiliations)));
            }
        }
    }

    @Override
    public int expire(long replaySideMs, int atMost) {
        List<byte[]> due = deadlines.takeDue(replaySideMs, atMost);
        for (byte[] key : due) {
            byte[] row = rows.get(key);
            if (row == null) {
                continue;
            }
            if (key[0] == Keys.EVENT) {
                close(key, ClaimRow.read(row, claims));
            } else {
                forget(key, ReplayRow.read(row), replaySideMs);
            }
        }
        return due.size();
    }

    private void close(byte[] key, ClaimRow row) {
        Judgement judgement = judgement(row, stored(Keys.of(Keys.REPLAY, Keys.firstId(key))));
        if (!row.closed() && judgement instanceof Judgement.Waiting waiting) {
            tellUnlinked(row.claim(), waiting.reason());
            // The verdict of today: a replay that turns up within its memory still makes it a link.
            rows.put(key, new ClaimRow(row.claim(), null, row.version(), true, row.offset()).toBytes(claims));
            deadlines.add(
                    row.claim().getEvent().getReceivedMs() + settings.memory().toMillis(), key);
            return;
        }
        if (!row.closed() && judgement instanceof Judgement.Refused refused) {
            // Told only now, as all reasons are, so that it does not depend on which of two reasons was known first.
            tellUnlinked(row.claim(), refused.reason());
        }
        rows.delete(key);
    }

    private void forget(byte[] key, ReplayRow.Stored stored, long replaySideMs) {
        long forgetMs = stored.replay().lastSeenMs() + settings.memory().toMillis();
        if (forgetMs >= replaySideMs) {
            deadlines.add(forgetMs, key);
            return;
        }
        if (stored.progress().lifeToldMs() != stored.replay().lastSeenMs()) {
            output.life(stored.replay().life(Keys.firstId(key), Judgement.organization(stored.replay(), affiliations)));
        }
        rows.delete(key);
        affiliations.forget(stored.replay().description().project(), key);
    }

    private void judgeAll(Id replay, byte[] replayKey, ReplayRow.Stored stored, long becauseMs) {
        for (Rows.Row claim : claimsOf(replay)) {
            judge(claim.key(), ClaimRow.read(claim.value(), claims), replayKey, stored, becauseMs);
        }
    }

    /** Tells what changed since the last word on this event. */
    private void judge(byte[] key, ClaimRow row, byte[] replayKey, ReplayRow.@Nullable Stored replay, long becauseMs) {
        Judgement judgement = judgement(row, replay);
        ClaimRow.LinkFacts link = judgement instanceof Judgement.Linked linked ? linked.facts() : null;
        if (link != null && link.equals(row.link())) {
            rows.put(key, row.toBytes(claims));
            return;
        }
        long version = Math.max(
                Math.max(1, row.version() + 1), Math.max(becauseMs, row.claim().getKnownAtMs()));
        boolean closed = row.closed() && link == null;
        if (link != null) {
            output.link(Links.link(row.claim(), link, version, false));
            watchOutsider(link, replayKey, replay);
        } else if (row.link() != null) {
            output.link(Links.link(row.claim(), row.link(), version, true));
        } else if (judgement instanceof Judgement.Withdrawn && replay != null) {
            // After a crash the link may have been told by a run that this one knows nothing of: taking it back twice
            // is harmless.
            output.link(Links.link(row.claim(), Links.nothing(replay.replay()), version, true));
        } else {
            version = row.version();
        }
        rows.put(key, new ClaimRow(row.claim(), link, version, closed, row.offset()).toBytes(claims));
    }

    private Judgement judgement(ClaimRow row, ReplayRow.@Nullable Stored replay) {
        return Judgement.of(row.claim(), replay == null ? null : replay.replay(), affiliations, settings);
    }

    private void tellAgain(ClaimRow row) {
        if (row.link() != null) {
            output.link(Links.link(row.claim(), row.link(), row.version(), false));
        }
    }

    private void tellUnlinked(Claim claim, UnlinkedReason reason) {
        if (Verdicts.claimsReplay(claim)) {
            output.unlinked(Verdicts.unlinked(claim, reason, settings.waitFor()));
        } else {
            output.unclaimed(reason);
        }
    }

    private long tellLife(Id replay, ReplayRow row, ReplayRow.@Nullable Stored before) {
        if (before != null
                && row.archived() == before.replay().archived()
                && row.lastSeenMs() - before.progress().lifeToldMs() < LIFE_INTERVAL.toMillis()) {
            return before.progress().lifeToldMs();
        }
        output.life(row.life(replay, Judgement.organization(row, affiliations)));
        return row.lastSeenMs();
    }

    private void watchOutsider(ClaimRow.LinkFacts link, byte[] replayKey, ReplayRow.@Nullable Stored replay) {
        if (!link.inSession() && replay != null && !replay.progress().hasOutsiders()) {
            ReplayRow.Progress progress = new ReplayRow.Progress(
                    replay.progress().offset(), replay.progress().lifeToldMs(), true);
            rows.put(replayKey, replay.replay().toBytes(progress));
        }
    }

    private ReplayRow.@Nullable Stored stored(byte[] replayKey) {
        byte[] row = rows.get(replayKey);
        return row == null ? null : ReplayRow.read(row);
    }

    private List<Rows.Row> claimsOf(Id replay) {
        List<Rows.Row> found = new ArrayList<>();
        try (Rows.Cursor all = rows.prefix(Keys.of(Keys.EVENT, replay))) {
            all.forEachRemaining(found::add);
        }
        return found;
    }
}
