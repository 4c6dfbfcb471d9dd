package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.UnlinkedReason;
import org.jspecify.annotations.Nullable;

/**
 * Second step of the join, keyed by replay. A claim becomes a link when a segment of its replay was observed and both
 * sides belong to the same organization. The last output on every event is kept, so that only changes are emitted.
 */
public final class Confirmer implements KeyedJoin {

    private final Rows rows;
    private final JoinSettings settings;
    private final JoinOutput output;
    private final Timers timers;
    private final Tombstones tombstones;
    private final Affiliations affiliations;
    private final Replays replays;
    private final Explainer explainer;
    private final WaitingEvents waiting = new WaitingEvents();
    /**
     * Set while all events of a replay are judged and one of them shows that a trace is shared: the others are then
     * judged again.
     */
    private boolean sharesTrace;

    private final ClaimBytes claims = new ClaimBytes();

    /**
     * Starts with empty state.
     *
     * @param rows the step's own, empty
     */
    public Confirmer(Rows rows, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.settings = settings;
        this.output = output;
        this.timers = new Timers(rows);
        this.tombstones = new Tombstones(rows, timers, settings.memory());
        this.affiliations = new Affiliations(rows, settings.tenancy());
        this.replays = new Replays(rows, settings, timers, affiliations, output);
        this.explainer = new Explainer(rows, settings, affiliations);
    }

    @Override
    public void onClaim(Claim claim) {
        Id id = claim.getReplayId();
        byte[] key = Keys.event(id, claim.getEvent());
        ReplayRow replay = replays.find(id);
        byte[] found = rows.get(key);
        if (found != null) {
            onKnownClaim(key, ClaimRow.read(key, found, claims), claim, replay);
        } else if (tombstones.cover(key)) {
            retract(ClaimRow.of(claim, 0), replay);
        } else {
            ClaimRow row = ClaimRow.of(claim, waitEndsMs(claim));
            change(key, null, row, replay);
            timers.add(row.expiryMs(), key);
        }
        if (sharesTrace) {
            judgeAll(id);
        }
    }

    private void change(byte[] key, @Nullable ClaimRow before, ClaimRow row, ReplayRow replay) {
        moved(before, row);
        judgeChanged(key, row, replay);
    }

    private long waitEndsMs(Claim claim) {
        return timers.after(claim.getEvent().getReceivedMs(), settings.waitFor());
    }

    /**
     * A replay that was retracted and is found again after the wait also starts a new wait, as if it had been found
     * only then.
     */
    private void onKnownClaim(byte[] key, ClaimRow row, Claim claim, ReplayRow replay) {
        if (claim.getRevision() > row.claim().getRevision()) {
            boolean anew = row.claim().getWithdrawn() && !claim.getWithdrawn() && !row.closed() && hasWaited(row);
            ClaimRow revised = row.revised(claim, anew ? waitEndsMs(claim) : row.expiryMs());
            change(key, row, revised, replay);
            if (anew) {
                timers.add(revised.expiryMs(), key);
            }
            reviewExtents(claim.getReplayId(), row.claim(), claim);
        }
    }

    @Override
    public void onReplayObservation(ReplayObservation observation) {
        if (replays.add(observation)) {
            judgeAll(observation.getReplayId());
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
            replays.emitState(id, project);
        }
    }

    @Override
    public void onTombstone(Tombstone tombstone) {
        tombstones.add(tombstone);
    }

    @Override
    public int expire(long watermarkMs, int atMost) {
        int looked = tombstones.lookFor(atMost, event -> {
            ClaimRow row = ClaimRow.read(event.key(), event.value(), claims);
            waiting.changed(row.isWaiting(), false, row.expiryMs());
            retract(row, replays.find(Keys.id(event.key())));
        });
        return looked + timers.fire(watermarkMs, atMost - looked, (key, row) -> expire(key, row, watermarkMs));
    }

    @Override
    public int relieve(long untilMs, int atMost) {
        return timers.fireBefore(untilMs, atMost, (key, row) -> expire(key, row, untilMs));
    }

    private void expire(byte[] key, byte[] row, long watermarkMs) {
        switch (key[0]) {
            case Keys.EVENT -> {
                // Nothing is emitted for a deleted event. Its row is removed by the search for deleted events, which
                // may not have reached it yet.
                if (!tombstones.cover(key)) {
                    expire(key, ClaimRow.read(key, row, claims), watermarkMs);
                }
            }
            case Keys.SEEN -> replays.expire(key, watermarkMs);
            default -> rows.delete(key);
        }
    }

    private void expire(byte[] key, ClaimRow row, long watermarkMs) {
        if (row.expiryMs() >= watermarkMs) {
            // A timer from before the wait started anew or was closed.
            return;
        }
        Judgement judgement = judgement(row.claim(), replays.find(Keys.id(key)));
        if (row.link() == null && !row.closed() && judgement.reason() != null) {
            // Emitted only now, so that the output does not depend on which of two reasons was known first.
            Verdicts.emit(output, row.claim(), judgement.reason(), settings.waitFor());
            close(key, row);
            shareTrace(Keys.id(key), row, judgement.reason());
            return;
        }
        // A retracted claim is kept too: an older revision of it may come again and must be recognised as older.
        boolean mayComeAgain =
                !row.closed() && (judgement instanceof Judgement.Linked || judgement instanceof Judgement.Withdrawn);
        if (mayComeAgain && memoryEndsMs(row) >= watermarkMs) {
            timers.add(memoryEndsMs(row), key);
        } else {
            rows.delete(key);
        }
    }

    /**
     * Marks a trace as shared. An event that only its trace ties to the replay has expired without a link: it is
     * outside of the replay, or of another user. So others were on the trace, and all events that only the trace ties
     * to the replay lose their links. Not before the end of the wait: until then the event's own path may turn up.
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
     * Reviews the extents after a revision that was on its way when the wait ended here. It may have found a path to
     * the event, or lost one. What the event showed of its trace is then forgotten; what other events show still
     * counts.
     */
    private void reviewExtents(Id id, Claim before, Claim now) {
        Extent shown = Extent.of(before);
        if (shown != null && !shown.equals(Extent.of(now)) && replays.forgetExtent(id, shown)) {
            byte[] events = Keys.of(Keys.EVENT, id);
            rows.each(events, event -> {
                ClaimRow row = ClaimRow.read(event.key(), event.value(), claims);
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
        return row.closed() || row.expiryMs() < timers.expiredUntilMs();
    }

    /** Ends the wait with the current verdict. A replay that turns up within the memory still makes it a link. */
    private void close(byte[] key, ClaimRow row) {
        rows.put(key, row.closedUntil(memoryEndsMs(row)).toBytes(key, claims));
        timers.add(memoryEndsMs(row), key);
    }

    private long memoryEndsMs(ClaimRow waiting) {
        return waiting.expiryMs() + settings.memoryAfterWait().toMillis();
    }

    private void judgeAll(Id id) {
        replays.startOutsiders(id);
        judgeFrom(Keys.of(Keys.EVENT, id));
    }

    /** Judges the rows of a prefix again, until no event shows any more that others were on its trace. */
    private void judgeFrom(byte[] prefix) {
        do {
            sharesTrace = false;
            rows.each(
                    prefix,
                    claim -> judge(
                            claim.key(),
                            ClaimRow.read(claim.key(), claim.value(), claims),
                            replays.find(Keys.id(claim.key()))));
        } while (sharesTrace);
    }

    /** Judges a changed row, which is stored even if there is nothing to emit. */
    private void judgeChanged(byte[] key, ClaimRow row, ReplayRow replay) {
        if (!judge(key, row, replay)) {
            rows.put(key, row.toBytes(key, claims));
        }
    }

    /**
     * Emits what changed since the last output on this event.
     *
     * @return whether anything was emitted
     */
    private boolean judge(byte[] key, ClaimRow row, ReplayRow replay) {
        if (tombstones.cover(key)) {
            // Deleted and retracted for good. The search for deleted events may not have reached its row yet.
            return false;
        }
        Judgement judgement = judgement(row.claim(), replay);
        ClaimRow.LinkFacts link = judgement instanceof Judgement.Linked linked ? linked.facts() : null;
        if (row.link() != null && replay.isUnseen() && !(judgement instanceof Judgement.Withdrawn)) {
            // The replay has expired; what was known of it remains valid.
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
        ClaimRow.LinkFacts facts = link != null ? link : factsToRetract(row, replay);
        long known = Knowledge.version(row.claim(), replay, affiliations);
        // A link is re-emitted with each revision of its claim, which its version begins with.
        boolean nothingNew = link != null
                ? link.equals(row.link()) && revision(known) <= revision(row.version())
                : row.deleted() && known <= row.version();
        if (facts == null || nothingNew) {
            return false;
        }
        // Always above the last version, although growing knowledge already ensures that.
        long version = Math.max(row.version() + 1, known);
        boolean deleted = link == null;
        output.link(Links.link(row.claim(), facts, version, deleted));
        ClaimRow updated = row.withEmitted(facts, deleted, version);
        rows.put(key, updated.toBytes(key, claims));
        moved(row, updated);
        if (deleted && row.link() != null && !row.closed() && row.expiryMs() < timers.expiredUntilMs()) {
            // Its wait is over and it was linked until now, so the reason has yet to be emitted.
            timers.add(row.expiryMs(), key);
        }
        return true;
    }

    private static int revision(long version) {
        return LinkVersion.of(version).revision();
    }

    /**
     * The link to retract, null for none. The retraction is re-emitted whenever more is known, and even where no link
     * was: an expired row may have had one. Retracting a link that never existed does no harm.
     */
    private static ClaimRow.@Nullable LinkFacts factsToRetract(ClaimRow row, ReplayRow replay) {
        return row.emitted() != null || replay.isUnseen()
                ? row.emitted()
                : Links.nothing(replay.views().get(0));
    }

    /** Retracts the link of a deleted event. This is final, whatever is learned later. */
    private void retract(ClaimRow row, ReplayRow replay) {
        ClaimRow.LinkFacts facts = factsToRetract(row, replay);
        if (facts != null) {
            output.link(Links.link(row.claim(), facts, LinkVersion.FINAL, true));
        }
    }

    @Override
    public long nextExpiryMs() {
        return timers.nextExpiryMs();
    }

    @Override
    public Waiting waiting() {
        return waiting.at(timers.expiredUntilMs());
    }

    @Override
    public long bytes() {
        return timers.bytes();
    }

    @Override
    public Explainer explainer() {
        return explainer;
    }

    private void moved(@Nullable ClaimRow before, ClaimRow now) {
        waiting.changed(before != null && before.isWaiting(), now.isWaiting(), now.expiryMs());
    }

    private Judgement judgement(Claim claim, ReplayRow replay) {
        return Judgement.of(claim, replay, affiliations, settings);
    }
}
