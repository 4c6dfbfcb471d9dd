package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.UnlinkedReason;
import org.jspecify.annotations.Nullable;

/**
 * Second step of the join, keyed by replay: a claim becomes a link when a segment of its replay has really been seen, and the two
 * sides belong to the same organization. The last output on every event is kept, so that only changes are emitted.
 */
public final class Confirmer implements KeyedJoin {

    private final Rows rows;
    private final JoinSettings settings;
    private final JoinOutput output;
    private final Deadlines deadlines;
    private final Tombstones tombstones;
    private final Affiliations affiliations;
    private final Replays replays;
    private final Explainer explainer;
    private final WaitingEvents waiting = new WaitingEvents();
    /** While all events of a replay are judged: one of them shows that a trace is shared, so that the others are judged again. */
    private boolean sharesTrace;

    private final ClaimBytes claims = new ClaimBytes();

    /**
     * Knows nothing yet.
     *
     * @param rows the step's own, empty
     */
    public Confirmer(Rows rows, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.settings = settings;
        this.output = output;
        this.deadlines = new Deadlines(rows);
        this.tombstones = new Tombstones(rows, deadlines, settings.memory());
        this.affiliations = new Affiliations(rows, settings.tenancy());
        this.replays = new Replays(rows, settings, deadlines, affiliations, output);
        this.explainer = new Explainer(rows, settings, affiliations);
    }

    @Override
    public void onClaim(Claim claim) {
        Id id = claim.getReplayId();
        byte[] key = Keys.event(id, claim.getEvent());
        ReplayRow replay = replays.find(id);
        byte[] found = rows.get(key);
        if (found != null) {
            onKnownClaim(key, ClaimRow.read(found, claims), claim, replay);
        } else if (tombstones.cover(key)) {
            takeBack(ClaimRow.of(claim, 0), replay);
        } else {
            ClaimRow row = ClaimRow.of(claim, startWait(key, claim));
            moved(null, row);
            judgeChanged(key, row, replay);
        }
        if (sharesTrace) {
            judgeAll(id);
        }
    }

    /** Also where the replay was taken back and is found again when the wait is over: as if it had been found only then. */
    private long startWait(byte[] key, Claim claim) {
        long dueMs = deadlines.after(claim.getEvent().getReceivedMs(), settings.waitFor());
        deadlines.add(dueMs, key);
        return dueMs;
    }

    private void onKnownClaim(byte[] key, ClaimRow row, Claim claim, ReplayRow replay) {
        if (claim.getRevision() > row.claim().getRevision()) {
            boolean anew = row.claim().getWithdrawn() && !claim.getWithdrawn() && !row.closed() && hasWaited(row);
            ClaimRow revised = row.revised(claim, anew ? startWait(key, claim) : row.dueMs());
            moved(row, revised);
            judgeChanged(key, revised, replay);
            reviewExtents(claim.getReplayId(), row.claim(), claim);
        }
    }

    @Override
    public void onSighting(Sighting sighting) {
        if (replays.add(sighting)) {
            judgeAll(sighting.getReplayId());
        }
    }

    @Override
    public void onAffiliation(long project, long organization) {
        Affiliations.Lesson lesson = affiliations.learn(project, organization);
        if (lesson.everything()) {
            judgeFrom(Keys.table(Keys.EVENT));
        }
        for (byte[] key : lesson.affected()) {
            Id id = Keys.id(key);
            judgeAll(id);
            replays.tellLife(id, project);
        }
    }

    @Override
    public void onTombstone(Tombstone tombstone) {
        tombstones.add(tombstone);
    }

    @Override
    public int expire(long replaySideMs, int atMost) {
        int looked = tombstones.lookFor(atMost, event -> {
            ClaimRow row = ClaimRow.read(event.value(), claims);
            waiting.changed(row.isWaiting(), false, row.dueMs());
            takeBack(row, replays.find(Keys.id(event.key())));
        });
        return looked + deadlines.eachDue(replaySideMs, atMost - looked, (key, row) -> expire(key, row, replaySideMs));
    }

    @Override
    public int relieve(long untilMs, int atMost) {
        return deadlines.eachBefore(untilMs, atMost, (key, row) -> expire(key, row, untilMs));
    }

    private void expire(byte[] key, byte[] row, long replaySideMs) {
        switch (key[0]) {
            case Keys.EVENT -> {
                // Of a deleted one nothing is emitted; the search for it, which may not have come to it yet, has it
                // forgotten.
                if (!tombstones.cover(key)) {
                    expire(key, ClaimRow.read(row, claims), replaySideMs);
                }
            }
            case Keys.SEEN -> replays.expire(key, replaySideMs);
            default -> rows.delete(key);
        }
    }

    private void expire(byte[] key, ClaimRow row, long replaySideMs) {
        if (row.dueMs() >= replaySideMs) {
            // Left over from before its wait started anew, or from before it was closed.
            return;
        }
        Judgement judgement = judgement(row.claim(), replays.find(Keys.id(key)));
        if (row.link() == null && !row.closed() && judgement.reason() != null) {
            // Emitted only now, so that it does not depend on which of two reasons was known first.
            Verdicts.emit(output, row.claim(), judgement.reason(), settings.waitFor());
            close(key, row);
            shareTrace(Keys.id(key), row, judgement.reason());
            return;
        }
        // What was withdrawn stays as well: an older revision of it may come again, and must find that it is older.
        boolean mayComeAgain =
                !row.closed() && (judgement instanceof Judgement.Linked || judgement instanceof Judgement.Withdrawn);
        if (mayComeAgain && memoryEndsMs(row) >= replaySideMs) {
            deadlines.add(memoryEndsMs(row), key);
        } else {
            rows.delete(key);
        }
    }

    /**
     * An event that only its trace ties to the replay has waited in vain: it is outside, or of another user. So others were on the
     * trace, and what else only the trace ties to the replay loses its link. Not before the end of the wait: until then the event's own
     * path may turn up.
     */
    private void shareTrace(Id id, ClaimRow row, UnlinkedReason reason) {
        if (addExtent(id, row.claim(), reason)) {
            judgeAll(id);
        }
    }

    private boolean addExtent(Id id, Claim claim, @Nullable UnlinkedReason reason) {
        boolean ofAnother = reason == UnlinkedReason.OUTSIDE_REPLAY || reason == UnlinkedReason.USER_MISMATCH;
        Extent extent = ofAnother ? Extent.of(claim) : null;
        return extent != null && replays.addExtent(id, extent);
    }

    /**
     * A revision that was on its way when the wait ended here may have found a path to the event, or lost one. What the event showed
     * of its trace is forgotten then; what others show counts on.
     */
    private void reviewExtents(Id id, Claim before, Claim now) {
        Extent shown = Extent.of(before);
        if (shown != null && !shown.equals(Extent.of(now)) && replays.forgetExtent(id, shown)) {
            byte[] events = Keys.of(Keys.EVENT, id);
            rows.each(events, event -> {
                ClaimRow row = ClaimRow.read(event.value(), claims);
                if (hasWaited(row)) {
                    addExtent(
                            id,
                            row.claim(),
                            judgement(row.claim(), replays.find(id)).reason());
                }
            });
            sharesTrace = true;
        }
    }

    private boolean hasWaited(ClaimRow row) {
        return row.closed() || row.dueMs() < deadlines.expiredUntilMs();
    }

    /** The verdict of today: a replay that turns up within its memory still makes it a link. */
    private void close(byte[] key, ClaimRow row) {
        rows.put(key, row.closedUntil(memoryEndsMs(row)).toBytes(claims));
        deadlines.add(memoryEndsMs(row), key);
    }

    private long memoryEndsMs(ClaimRow waiting) {
        return waiting.dueMs() + settings.memoryAfterWait().toMillis();
    }

    private void judgeAll(Id id) {
        replays.startOutsiders(id);
        judgeFrom(Keys.of(Keys.EVENT, id));
    }

    /** Until no event shows any more that others were on its trace. */
    private void judgeFrom(byte[] prefix) {
        do {
            sharesTrace = false;
            rows.each(
                    prefix,
                    claim -> judge(
                            claim.key(), ClaimRow.read(claim.value(), claims), replays.find(Keys.id(claim.key()))));
        } while (sharesTrace);
    }

    /** Judges a row that is not stored as it is, and so has to be even if there is nothing to emit. */
    private void judgeChanged(byte[] key, ClaimRow row, ReplayRow replay) {
        if (!judge(key, row, replay)) {
            rows.put(key, row.toBytes(claims));
        }
    }

    /**
     * Emits what changed since the last output on this event.
     *
     * @return whether anything was emitted
     */
    private boolean judge(byte[] key, ClaimRow row, ReplayRow replay) {
        if (tombstones.cover(key)) {
            // Taken back for good, though the search for its row may not have come to it yet.
            return false;
        }
        Judgement judgement = judgement(row.claim(), replay);
        ClaimRow.LinkFacts link = judgement instanceof Judgement.Linked linked ? linked.facts() : null;
        if (row.link() != null && replay.isUnseen() && !(judgement instanceof Judgement.Withdrawn)) {
            // The replay is forgotten; that is no reason to doubt what was known of it.
            return false;
        }
        if (hasWaited(row)) {
            sharesTrace |= addExtent(Keys.id(key), row.claim(), judgement.reason());
        }
        if (link != null && !link.inSession()) {
            replays.addOutsider(Keys.id(key), row.claim().getEvent().getTimestampMs());
        } else if (judgement.reason() == UnlinkedReason.OUTSIDE_REPLAY) {
            replays.addOutsider(Keys.id(key), Judgement.momentMs(row.claim()));
        } else if (judgement.reason() == UnlinkedReason.SHARED_TRACE) {
            Extent alone = Extent.of(row.claim());
            Extent extent = alone == null ? null : replay.extent(alone);
            replays.addOutsider(Keys.id(key), extent == null ? Long.MAX_VALUE : extent.lastMs());
        }
        ClaimRow.LinkFacts told = link != null ? link : taken(row, replay);
        long known = Knowledge.version(row.claim(), replay, affiliations);
        // A link is emitted anew with each revision of its claim, which its version begins with.
        boolean nothingNew = link != null
                ? link.equals(row.link()) && revision(known) <= revision(row.version())
                : row.deleted() && known <= row.version();
        if (told == null || nothingNew) {
            return false;
        }
        // Above the last version in any case, though knowledge that grows says so by itself.
        long version = Math.max(row.version() + 1, known);
        boolean deleted = link == null;
        output.link(Links.link(row.claim(), told, version, deleted));
        ClaimRow telling = row.telling(told, deleted, version);
        rows.put(key, telling.toBytes(claims));
        moved(row, telling);
        if (deleted && row.link() != null && !row.closed() && row.dueMs() < deadlines.expiredUntilMs()) {
            // Its wait is over and it was linked until now, so the reason has yet to be emitted.
            deadlines.add(row.dueMs(), key);
        }
        return true;
    }

    private static int revision(long version) {
        return LinkVersion.of(version).revision();
    }

    /**
     * The link to take back, null for none. Emitted anew whenever more is known, and even where no link was: a row that is forgotten
     * by now may have had one. What never was is taken back without harm.
     */
    private static ClaimRow.@Nullable LinkFacts taken(ClaimRow row, ReplayRow replay) {
        return row.told() != null || replay.isUnseen()
                ? row.told()
                : Links.nothing(replay.views().get(0));
    }

    /** The event was deleted: nothing outlives that, whatever more will be known. */
    private void takeBack(ClaimRow row, ReplayRow replay) {
        ClaimRow.LinkFacts told = taken(row, replay);
        if (told != null) {
            output.link(Links.link(row.claim(), told, LinkVersion.FINAL, true));
        }
    }

    @Override
    public long nextDueMs() {
        return deadlines.nextDueMs();
    }

    @Override
    public Waiting waiting() {
        return waiting.at(deadlines.expiredUntilMs());
    }

    @Override
    public long bytes() {
        return deadlines.bytes();
    }

    @Override
    public Explainer explainer() {
        return explainer;
    }

    private void moved(@Nullable ClaimRow before, ClaimRow now) {
        waiting.changed(before != null && before.isWaiting(), now.isWaiting(), now.dueMs());
    }

    private Judgement judgement(Claim claim, ReplayRow replay) {
        return Judgement.of(claim, replay, affiliations, settings);
    }
}
