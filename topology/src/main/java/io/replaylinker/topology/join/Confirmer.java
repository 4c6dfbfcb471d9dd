package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.AvroBinary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
            deadlines.addAfter(claim.getEvent().getReceivedMs(), settings.waitFor(), key);
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
        judge(key, row, replayKey, replay(replayKey), claim.getKnownAtMs());
    }

    @Override
    public void onSighting(Sighting sighting, long offset) {
        Id replay = sighting.getReplayId();
        byte[] key = Keys.of(Keys.REPLAY, replay);
        ReplayRow before = replay(key);
        ReplayRow row = before.with(sighting, offset);
        if (row.equals(before)) {
            if (offset <= before.offset()) {
                claimsOf(replay).forEach(claim -> tellAgain(ClaimRow.read(claim.value(), claims)));
            }
            return;
        }
        long project = sighting.getProjectId();
        ReplayView view = Objects.requireNonNull(row.view(project));
        if (before.isUnseen()) {
            deadlines.addAfter(view.lastSeenMs(), settings.memory(), key);
        }
        if (view.organization() == 0 && affiliations.of(project) == 0) {
            affiliations.awaitOrganization(project, key);
        }
        row = tellLife(replay, row, view, before.view(project));
        rows.put(key, row.toBytes());
        if (row.hasOutsiders() || view.tellsLinksMoreThan(before.view(project))) {
            judgeAll(replay, key, row, sighting.getSeenMs());
        }
    }

    @Override
    public void onAffiliation(long project, long organization) {
        for (byte[] key : affiliations.learn(project, organization)) {
            ReplayRow replay = replay(key);
            Id id = Keys.firstId(key);
            judgeAll(id, key, replay, 0);
            replay.views().stream()
                    .filter(view -> view.description().project() == project)
                    .forEach(view -> tellLife(id, view));
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
        Judgement judgement =
                Judgement.of(row.claim(), replay(Keys.of(Keys.REPLAY, Keys.firstId(key))), affiliations, settings);
        if (!row.closed() && judgement instanceof Judgement.Waiting waiting) {
            tellUnlinked(row.claim(), waiting.reason());
            // The verdict of today: a replay that turns up within its memory still makes it a link.
            rows.put(key, new ClaimRow(row.claim(), null, row.version(), true, row.offset()).toBytes(claims));
            deadlines.addAfter(row.claim().getEvent().getReceivedMs(), settings.memory(), key);
            return;
        }
        if (!row.closed() && judgement instanceof Judgement.Refused refused) {
            // Told only now, as all reasons are, so that it does not depend on which of two reasons was known first.
            tellUnlinked(row.claim(), refused.reason());
        }
        rows.delete(key);
    }

    private void forget(byte[] key, ReplayRow replay, long replaySideMs) {
        long forgetMs = replay.lastSeenMs() + settings.memory().toMillis();
        if (forgetMs >= replaySideMs) {
            deadlines.addAt(forgetMs, key);
            return;
        }
        boolean untold = replay.lifeToldMs() != replay.lastSeenMs();
        for (ReplayView view : replay.views()) {
            if (untold) {
                tellLife(Keys.firstId(key), view);
            }
            affiliations.forget(view.description().project(), key);
        }
        rows.delete(key);
    }

    private void judgeAll(Id replay, byte[] replayKey, ReplayRow row, long becauseMs) {
        for (Rows.Row claim : claimsOf(replay)) {
            judge(claim.key(), ClaimRow.read(claim.value(), claims), replayKey, row, becauseMs);
        }
    }

    /** Tells what changed since the last word on this event. */
    private void judge(byte[] key, ClaimRow row, byte[] replayKey, ReplayRow replay, long becauseMs) {
        Judgement judgement = Judgement.of(row.claim(), replay, affiliations, settings);
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
        } else if (judgement instanceof Judgement.Withdrawn && !replay.isUnseen()) {
            // After a crash the link may have been told by a run that this one knows nothing of: taking it back twice
            // is harmless.
            output.link(Links.link(row.claim(), Links.nothing(replay.views().get(0)), version, true));
        } else {
            version = row.version();
        }
        rows.put(key, new ClaimRow(row.claim(), link, version, closed, row.offset()).toBytes(claims));
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

    private ReplayRow tellLife(Id replay, ReplayRow row, ReplayView view, @Nullable ReplayView before) {
        boolean due = before == null
                || view.archived() != before.archived()
                || view.lastSeenMs() - row.lifeToldMs() >= LIFE_INTERVAL.toMillis();
        if (!due) {
            return row;
        }
        tellLife(replay, view);
        return row.withLifeTold(view.lastSeenMs());
    }

    private void tellLife(Id replay, ReplayView view) {
        output.life(view.life(replay, Judgement.organization(view, affiliations)));
    }

    private void watchOutsider(ClaimRow.LinkFacts link, byte[] replayKey, ReplayRow replay) {
        if (!link.inSession() && !replay.hasOutsiders() && !replay.isUnseen()) {
            rows.put(replayKey, replay.withOutsiders().toBytes());
        }
    }

    private ReplayRow replay(byte[] key) {
        byte[] row = rows.get(key);
        return row == null ? ReplayRow.unseen() : ReplayRow.read(row);
    }

    private List<Rows.Row> claimsOf(Id replay) {
        List<Rows.Row> found = new ArrayList<>();
        try (Rows.Cursor all = rows.prefix(Keys.of(Keys.EVENT, replay))) {
            all.forEachRemaining(found::add);
        }
        return found;
    }
}
