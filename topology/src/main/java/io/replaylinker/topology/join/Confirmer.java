package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.serdes.AvroBinary;
import java.time.Duration;
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
        ReplayRow replay = replay(replayKey);
        if (found == null) {
            deadlines.addAfter(claim.getEvent().getReceivedMs(), settings.waitFor(), key);
            judgeChanged(key, new ClaimRow(claim, null, false, 0, false, offset), replayKey, replay);
            return;
        }
        ClaimRow row = ClaimRow.read(found, claims);
        if (claim.getRevision() > row.claim().getRevision()) {
            ClaimRow newer = new ClaimRow(claim, row.told(), row.deleted(), row.version(), row.closed(), offset);
            judgeChanged(key, newer, replayKey, replay);
        } else if (offset <= row.offset() && !judge(key, row, replayKey, replay)) {
            tellAgain(row);
        }
    }

    @Override
    public void onSighting(Sighting sighting, long offset) {
        Id replay = sighting.getReplayId();
        byte[] key = Keys.of(Keys.REPLAY, replay);
        ReplayRow before = replay(key);
        ReplayRow row = before.with(sighting, offset);
        if (row.equals(before)) {
            if (offset <= before.offset()) {
                judgeAll(replay, key, row, true);
            }
            return;
        }
        long project = sighting.getProjectId();
        ReplayView view = Objects.requireNonNull(row.view(project));
        if (before.isUnseen()) {
            deadlines.addAfter(view.lastSeenMs(), settings.memory(), key);
        }
        if (view.organization() == 0) {
            affiliations.awaitOrganization(project, key);
        }
        row = tellLife(replay, row, view, before.view(project));
        rows.put(key, row.toBytes());
        if (row.hasOutsiders() || view.tellsLinksMoreThan(before.view(project))) {
            judgeAll(replay, key, row, false);
        }
    }

    @Override
    public void onAffiliation(long project, long organization, long offset) {
        Affiliations.Lesson lesson = affiliations.learn(project, organization, offset);
        for (byte[] key : lesson.affected()) {
            ReplayRow replay = replay(key);
            Id id = Keys.firstId(key);
            judgeAll(id, key, replay, lesson.repeated());
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
            Verdicts.tell(output, row.claim(), waiting.reason(), settings.waitFor());
            // The verdict of today: a replay that turns up within its memory still makes it a link.
            rows.put(
                    key,
                    new ClaimRow(row.claim(), row.told(), row.deleted(), row.version(), true, row.offset())
                            .toBytes(claims));
            deadlines.addAfter(row.claim().getEvent().getReceivedMs(), settings.memory(), key);
            return;
        }
        if (!row.closed() && judgement instanceof Judgement.Refused refused) {
            // Told only now, as all reasons are, so that it does not depend on which of two reasons was known first.
            Verdicts.tell(output, row.claim(), refused.reason(), settings.waitFor());
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

    private void judgeAll(Id replay, byte[] replayKey, ReplayRow replayRow, boolean repeated) {
        for (Rows.Row claim : rows.all(Keys.of(Keys.EVENT, replay))) {
            ClaimRow row = ClaimRow.read(claim.value(), claims);
            if (!judge(claim.key(), row, replayKey, replayRow) && repeated) {
                tellAgain(row);
            }
        }
    }

    /** Judges a row that is not stored as it is, and so has to be even if there is nothing to tell. */
    private void judgeChanged(byte[] key, ClaimRow row, byte[] replayKey, ReplayRow replay) {
        if (!judge(key, row, replayKey, replay)) {
            rows.put(key, row.toBytes(claims));
        }
    }

    /**
     * Tells what changed since the last word on this event.
     *
     * @return whether anything was told
     */
    private boolean judge(byte[] key, ClaimRow row, byte[] replayKey, ReplayRow replay) {
        Judgement judgement = Judgement.of(row.claim(), replay, affiliations, settings);
        ClaimRow.LinkFacts link = judgement instanceof Judgement.Linked linked ? linked.facts() : null;
        ClaimRow.LinkFacts told = link != null ? link : taken(row, replay);
        long known = Knowledge.version(row.claim(), replay, affiliations);
        boolean nothingNew = link != null ? link.equals(row.link()) : row.deleted() && known <= row.version();
        if (told == null || nothingNew) {
            return false;
        }
        // Above the last word in any case, though knowledge that grows says so by itself.
        long version = Math.max(row.version() + 1, known);
        boolean deleted = link == null;
        output.link(Links.link(row.claim(), told, version, deleted));
        if (link != null) {
            watchOutsider(link, replayKey, replay);
        }
        boolean closed = row.closed() && deleted;
        rows.put(key, new ClaimRow(row.claim(), told, deleted, version, closed, row.offset()).toBytes(claims));
        return true;
    }

    /**
     * The link to take back, null for none. Told anew whenever more is known, and even if this run has told no link: one that
     * crashed may have, of which no row survived. What never was is taken back without harm.
     */
    private static ClaimRow.@Nullable LinkFacts taken(ClaimRow row, ReplayRow replay) {
        return row.told() != null || replay.isUnseen()
                ? row.told()
                : Links.nothing(replay.views().get(0));
    }

    private void tellAgain(ClaimRow row) {
        if (row.told() != null) {
            output.link(Links.link(row.claim(), row.told(), row.version(), row.deleted()));
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
}
