package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.LruCache;

/**
 * First step of the join, keyed by trace: an event without an id of its own meets what is known of its trace, its spans and its
 * visits, and gets the replay that confirm is to look for. As long as the event waits, what becomes known revises the choice: the
 * old one is withdrawn, so that the last decision does not depend on what arrived first.
 */
public final class Resolver implements KeyedJoin {

    private final KnownRows rows;
    private final Affiliations affiliations;
    private final Traces traces;
    private final Ladder ladder;
    private final Choices choices;
    /**
     * Keys that were emitted again since the start. After a crash a busy one sends many inputs that come a second time, and the first
     * of them has all that follows from the others emitted again too.
     */
    private final LruCache<Id, Boolean> emittedAgain = new LruCache<>(Keys.MOST_IN_MEMORY);

    /**
     * Goes on with what the rows say.
     *
     * @param rows the step's own; to survive crashes
     * @param deadlines the step's own; made anew from the rows, so they need not survive
     */
    public Resolver(Rows rows, Rows deadlines, JoinSettings settings, JoinOutput output) {
        this.rows = new KnownRows(rows);
        this.choices = new Choices(this.rows, deadlines, settings, output);
        this.affiliations = new Affiliations(this.rows, settings.tenancy());
        this.traces = new Traces(this.rows, settings, choices.deadlines(), affiliations);
        this.ladder = new Ladder(settings, affiliations);
    }

    @Override
    public void onClaim(Claim claim, long offset) {
        Id trace = claim.getLookups().get(claim.getLookup()).getTraceId();
        byte[] key = Keys.event(trace, claim.getEvent());
        byte[] found = rows.get(key);
        if (found != null) {
            if (offset <= choices.read(found).offset()) {
                judge(trace, Traces.Change.of(Traces.News.REPEATED), offset);
            }
        } else if (!choices.isDeleted(key)) {
            long dueMs = choices.dueMs(claim);
            Traces.Change change = traces.join(claim, trace, dueMs, offset);
            ResolvedRow row = ResolvedRow.unresolved(claim, Decision.TRACE_NOT_SEEN, dueMs, offset);
            Ladder.Grounds grounds = decide(key, row);
            choices.add(key, noting(row, grounds), Choices.Choice.of(grounds.decision()), offset);
            judge(trace, change, offset);
        }
    }

    @Override
    public void onObservation(TraceObservation observation, long offset) {
        judge(observation.getTraceId(), traces.observe(observation, offset), offset);
    }

    private void judge(Id trace, Traces.Change change, long offset) {
        switch (change.news()) {
            case NOTHING -> {}
            case REPEATED -> {
                if (emittedAgain.putIfAbsent(trace, true) == null) {
                    judgeAll(trace, offset, true);
                }
            }
            case FOR_SOME -> change.events().forEach(key -> judgeOne(key, offset));
            case CHANGED -> judgeAll(trace, offset, false);
        }
    }

    @Override
    public void onAffiliation(long project, long organization, long offset) {
        Affiliations.Lesson lesson = affiliations.learn(project, organization, offset);
        if (lesson.everything()) {
            judgeFrom(Keys.table(Keys.EVENT), offset, lesson.repeated());
        }
        for (byte[] trace : lesson.affected()) {
            judgeAll(Keys.id(trace), offset, lesson.repeated());
        }
    }

    @Override
    public void onTombstone(Tombstone tombstone, long offset) {
        choices.onTombstone(tombstone);
    }

    @Override
    public int expire(long watermarkMs, int atMost) {
        return choices.expire(watermarkMs, atMost, (key, row) -> traces.expire(key, watermarkMs));
    }

    @Override
    public void settle() {
        choices.settle();
    }

    @Override
    public long nextDueMs() {
        return choices.deadlines().nextDueMs();
    }

    @Override
    public Waiting waiting() {
        return choices.waiting();
    }

    private void judgeAll(Id trace, long offset, boolean repeated) {
        traces.find(trace).startJudging();
        judgeFrom(Keys.of(Keys.EVENT, trace), offset, repeated);
    }

    private void judgeFrom(byte[] prefix, long offset, boolean repeated) {
        rows.each(prefix, prefix, event -> {
            ResolvedRow row = choices.read(event.value());
            if (!judge(event.key(), row, offset) && repeated) {
                choices.emitAgain(event.key(), row);
            }
        });
    }

    private boolean judge(byte[] key, ResolvedRow row, long offset) {
        Ladder.Grounds grounds = decide(key, row);
        ResolvedRow noted = noting(row, grounds);
        if (noted.ofVisit() != row.ofVisit() || noted.pathUntilMs() != row.pathUntilMs()) {
            choices.note(key, noted);
        }
        return choices.decide(key, noted, Choices.Choice.of(grounds.decision()), offset);
    }

    private void judgeOne(byte[] key, long offset) {
        byte[] row = rows.get(key);
        if (row != null) {
            judge(key, choices.read(row), offset);
        }
    }

    private Ladder.Grounds decide(byte[] key, ResolvedRow row) {
        Trace trace = traces.find(Keys.id(key));
        trace.judging(key);
        return ladder.decide(row, trace, choices.deadlines().expiredUntilMs());
    }

    /** The row with what outlives the spans that showed it. */
    private static ResolvedRow noting(ResolvedRow row, Ladder.Grounds grounds) {
        Path path = grounds.path();
        return path.remembered() ? row : row.withPath(path.end() == Path.End.VISIT, path.untilMs());
    }
}
