package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.TraceObservation;

/**
 * First step of the join, keyed by trace. An event without a replay id of its own is matched with its trace, the spans
 * and the visits there. The result is the replay that confirm is to look for. While the event waits, later input
 * revises the choice: the former choice is retracted, so that the last decision does not depend on the order of
 * arrival.
 */
public final class Resolver implements KeyedJoin {

    private final Rows rows;
    private final Affiliations affiliations;
    private final Traces traces;
    private final Ladder ladder;
    private final Choices choices;
    private final Explainer explainer;

    /**
     * Starts with empty state.
     *
     * @param rows the step's own, empty
     */
    public Resolver(Rows rows, JoinSettings settings, JoinOutput output) {
        this.rows = rows;
        this.choices = new Choices(rows, settings, output);
        this.affiliations = new Affiliations(rows, settings.tenancy());
        this.traces = new Traces(rows, settings, choices.timers(), affiliations);
        this.ladder = new Ladder(settings, affiliations);
        this.explainer = new Explainer(rows, settings, affiliations);
    }

    @Override
    public void onClaim(Claim claim) {
        Id trace = claim.getLookups().get(claim.getLookup()).getTraceId();
        byte[] key = Keys.event(trace, claim.getEvent());
        if (rows.get(key) != null || choices.isDeleted(key)) {
            return;
        }
        long expiryMs = choices.expiryMs(claim);
        if (!claim.getRoot() && !claim.getClient() && traces.isUnknown(trace)) {
            // Most events are the first and the last that is seen of their trace, and there is nothing to judge them
            // by.
            choices.add(
                    key,
                    ResolvedRow.unresolved(claim, Decision.TRACE_NOT_SEEN, expiryMs),
                    Choices.Choice.of(Decision.TRACE_NOT_SEEN));
            return;
        }
        Traces.Change change = traces.join(claim, trace, expiryMs);
        ResolvedRow row = ResolvedRow.unresolved(claim, Decision.TRACE_NOT_SEEN, expiryMs);
        Ladder.Grounds grounds = decide(key, row);
        choices.add(key, noting(row, grounds), Choices.Choice.of(grounds.decision()));
        judge(trace, change);
    }

    @Override
    public void onTraceObservation(TraceObservation observation) {
        judge(observation.getTraceId(), traces.observe(observation));
    }

    private void judge(Id trace, Traces.Change change) {
        switch (change.news()) {
            case NOTHING -> {}
            case FOR_SOME -> change.events().forEach(this::judgeOne);
            case CHANGED -> judgeAll(trace);
        }
    }

    @Override
    public void onAffiliation(long project, long organization) {
        Affiliations.Lesson lesson = affiliations.learn(project, organization);
        if (lesson.everything()) {
            judgeFrom(Keys.table(Keys.EVENT));
        }
        lesson.affected().forEach(trace -> judgeAll(Keys.id(trace)));
    }

    @Override
    public void onTombstone(Tombstone tombstone) {
        choices.onTombstone(tombstone);
    }

    @Override
    public int expire(long watermarkMs, int atMost) {
        return choices.expire(watermarkMs, atMost, (key, row) -> traces.expire(key, watermarkMs));
    }

    @Override
    public int relieve(long untilMs, int atMost) {
        return choices.relieve(untilMs, atMost, (key, row) -> traces.expire(key, untilMs));
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

    private void judgeAll(Id trace) {
        traces.find(trace).startJudging();
        judgeFrom(Keys.of(Keys.EVENT, trace));
    }

    private void judgeFrom(byte[] prefix) {
        rows.each(prefix, event -> judge(event.key(), choices.read(event.key(), event.value())));
    }

    private void judge(byte[] key, ResolvedRow row) {
        Ladder.Grounds grounds = decide(key, row);
        ResolvedRow noted = noting(row, grounds);
        if (noted.ofVisit() != row.ofVisit() || noted.pathUntilMs() != row.pathUntilMs()) {
            choices.note(key, noted);
        }
        choices.decide(key, noted, Choices.Choice.of(grounds.decision()));
    }

    private void judgeOne(byte[] key) {
        byte[] row = rows.get(key);
        if (row != null) {
            judge(key, choices.read(key, row));
        }
    }

    private Ladder.Grounds decide(byte[] key, ResolvedRow row) {
        Trace trace = traces.find(Keys.id(key));
        trace.judging(key);
        return ladder.decide(row, trace, choices.timers().expiredUntilMs());
    }

    /** The row with the findings that have to outlive the spans that showed them. */
    private static ResolvedRow noting(ResolvedRow row, Ladder.Grounds grounds) {
        Path path = grounds.path();
        return path.remembered() ? row : row.withPath(path.end() == Path.End.VISIT, path.untilMs());
    }
}
