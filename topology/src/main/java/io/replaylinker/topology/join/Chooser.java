package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.schemas.Verdict;
import io.replaylinker.topology.claim.Claims;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The step between resolve and confirm, keyed by event. It receives the few events whose replay is looked up in more
 * than one place: the recorder may name them, or their request came on another trace than their own. It collects the
 * verdicts of the lookups and chooses by the order of trust.
 */
public final class Chooser implements KeyedJoin {

    private final Rows rows;
    private final Affiliations affiliations;
    private final Namings namings;
    private final Choices choices;
    private final Explainer explainer;

    /**
     * Starts with empty state.
     *
     * @param rows the step's own, empty
     */
    public Chooser(Rows rows, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.choices = new Choices(rows, settings, output);
        this.affiliations = new Affiliations(rows, settings.tenancy());
        this.namings = new Namings(rows, settings, choices.timers(), affiliations);
        this.explainer = new Explainer(rows, settings, affiliations);
    }

    /** Receives the claim itself, or the verdict of one of its lookups; whichever is first starts the wait. */
    @Override
    public void onClaim(Claim claim) {
        byte[] key = Keys.event(claim.getEvent().getEventId(), claim.getEvent());
        byte[] found = rows.get(key);
        if (found == null) {
            if (!choices.isDeleted(key)) {
                Claim own = withVerdict(ofEvent(claim), claim);
                Decision nothing = Decision.none(UnlinkedReason.NO_EVIDENCE);
                ResolvedRow row = ResolvedRow.unresolved(own, nothing, choices.expiryMs(claim));
                choices.add(key, row, choose(row));
            }
            return;
        }
        ResolvedRow row = choices.read(key, found);
        Claim changed = withVerdict(row.claim(), claim);
        if (!changed.equals(row.claim())) {
            ResolvedRow next = row.with(changed);
            choices.update(key, row, next, choose(next));
        }
    }

    /** The claim without the verdict of one lookup. */
    private static Claim ofEvent(Claim claim) {
        Claim own = Claims.copy(claim);
        own.setReplayId(null);
        own.setMethod(Method.UNKNOWN);
        own.setConfidence(0.0);
        own.setRevision(0);
        own.setReason(null);
        own.setPathless(false);
        own.setAnchorMs(0L);
        own.setPageSeen(false);
        own.setBuffering(false);
        own.setLookup(-1);
        own.setVerdicts(List.of());
        return own;
    }

    /** The claim with the verdict of the other one; the same instance when that has none, or an older one. */
    private static Claim withVerdict(Claim claim, Claim verdict) {
        int lookup = verdict.getLookup();
        boolean older = claim.getVerdicts().stream()
                .anyMatch(known -> known.getLookup() == lookup && known.getRevision() >= verdict.getRevision());
        if (lookup < 0 || older) {
            return claim;
        }
        List<Verdict> verdicts = new ArrayList<>(claim.getVerdicts());
        verdicts.removeIf(known -> known.getLookup() == lookup);
        verdicts.add(new Verdict(
                lookup,
                verdict.getRevision(),
                verdict.getReplayId(),
                verdict.getMethod(),
                verdict.getConfidence(),
                verdict.getBuffering(),
                verdict.getPathless(),
                verdict.getReason(),
                verdict.getAnchorMs(),
                verdict.getPageSeen()));
        verdicts.sort(Comparator.comparingInt(Verdict::getLookup));
        Claim changed = Claims.copy(claim);
        changed.setVerdicts(verdicts);
        return changed;
    }

    /**
     * Chooses a replay and retracts all others that anything ever pointed to. An expired row may have chosen one of
     * them with less known.
     */
    private Choices.Choice choose(ResolvedRow row) {
        Claim claim = row.claim();
        Namings.Known named = claim.getByEvent() ? namings.find(claim.getEvent()) : Namings.Known.NOTHING;
        Set<Id> others = new TreeSet<>(row.former());
        others.addAll(named.all());
        claim.getVerdicts().stream()
                .map(Verdict::getReplayId)
                .filter(Objects::nonNull)
                .forEach(others::add);
        return new Choices.Choice(decide(claim, named.replays()), revision(claim, named.amount()), others);
    }

    /** The revision. It grows with each verdict, each naming and each organization, in whatever order they come. */
    private static int revision(Claim claim, int named) {
        int revision = named;
        for (Verdict verdict : claim.getVerdicts()) {
            revision += verdict.getRevision() + 1;
        }
        return revision;
    }

    /** The recorder comes first, then the lookups. A lookup that leads to a visit without a replay ends the search. */
    private static Decision decide(Claim claim, Set<Id> named) {
        if (named.size() == 1) {
            return Decision.byError(named.iterator().next());
        }
        UnlinkedReason reason =
                claim.getLookups().isEmpty() ? UnlinkedReason.NO_EVIDENCE : UnlinkedReason.TRACE_NOT_SEEN;
        for (Verdict verdict : claim.getVerdicts()) {
            if (verdict.getReplayId() != null) {
                return new Decision(
                        verdict.getReplayId(),
                        verdict.getMethod(),
                        verdict.getConfidence(),
                        verdict.getBuffering(),
                        verdict.getPathless(),
                        verdict.getAnchorMs(),
                        verdict.getPageSeen(),
                        UnlinkedReason.UNKNOWN);
            }
            if (reason == UnlinkedReason.TRACE_NOT_SEEN && verdict.getReason() != null) {
                reason = verdict.getReason();
            }
            if (verdict.getReason() == UnlinkedReason.UNRECORDED_VISIT) {
                return Decision.none(UnlinkedReason.UNRECORDED_VISIT);
            }
        }
        return Decision.none(reason);
    }

    @Override
    public void onNaming(ErrorNaming naming) {
        if (namings.add(naming)) {
            judgeFrom(Keys.of(Keys.EVENT, naming.getEventId()));
        }
    }

    @Override
    public void onAffiliation(long project, long organization) {
        Affiliations.Lesson lesson = affiliations.learn(project, organization);
        if (lesson.everything()) {
            judgeFrom(Keys.table(Keys.EVENT));
        }
        lesson.affected().forEach(key -> judgeFrom(Keys.of(Keys.EVENT, Keys.id(key))));
    }

    private void judgeFrom(byte[] prefix) {
        rows.each(prefix, event -> {
            ResolvedRow row = choices.read(event.key(), event.value());
            choices.decide(event.key(), row, choose(row));
        });
    }

    @Override
    public void onTombstone(Tombstone tombstone) {
        choices.onTombstone(tombstone);
    }

    @Override
    public int expire(long watermarkMs, int atMost) {
        return choices.expire(watermarkMs, atMost, (key, row) -> namings.expire(key, row, watermarkMs));
    }

    @Override
    public int relieve(long untilMs, int atMost) {
        return choices.relieve(untilMs, atMost, (key, row) -> namings.expire(key, row, untilMs));
    }

    @Override
    public long nextExpiryMs() {
        return choices.timers().nextExpiryMs();
    }

    @Override
    public Waiting waiting() {
        return choices.waiting();
    }

    @Override
    public long bytes() {
        return choices.timers().bytes();
    }

    @Override
    public Explainer explainer() {
        return explainer;
    }
}
