package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.AvroBinary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Says why an event has a link or none, from the rows of a running join, with the rules that the join itself goes by. Only reads, so
 * it may run beside the join. Rows are not listed by event: it goes through all of them, about a second for a million.
 */
public final class Explainer {

    private static final byte[] EVENTS = Keys.table(Keys.EVENT);

    private final Rows rows;
    private final JoinSettings settings;
    private final Affiliations affiliations;
    private final AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());

    /** Explains from the rows of one step. */
    public Explainer(Rows rows, JoinSettings settings) {
        this.rows = rows;
        this.settings = settings;
        this.affiliations = new Affiliations(rows, settings.tenancy());
    }

    /** What resolve knows; one for each event of such an id, and none when it has forgotten it or never had it. */
    public List<Explanation> onTrace(Predicate<Id> event) {
        return each(event, (trace, row) -> onTrace(trace, ResolvedRow.read(row, claims)));
    }

    /** What confirm knows; one for each replay that an event of such an id was brought to. */
    public List<Explanation> ofReplay(Predicate<Id> event) {
        return each(event, (replay, row) -> ofReplay(replay, ClaimRow.read(row, claims)));
    }

    private List<Explanation> each(Predicate<Id> event, BiFunction<Id, byte[], Explanation> explain) {
        List<Explanation> found = new ArrayList<>();
        rows.each(EVENTS, EVENTS, row -> {
            if (event.test(Keys.event(row.key()))) {
                found.add(explain.apply(Keys.id(row.key()), row.value()));
            }
        });
        return found;
    }

    private Explanation onTrace(Id trace, ResolvedRow row) {
        EventSummary event = row.claim().getEvent();
        byte[] seen = rows.get(Keys.of(Keys.SEEN, trace));
        TraceRow witnesses = seen == null ? TraceRow.NOTHING : TraceRow.read(seen);
        Candidates candidates = Candidates.of(event, witnesses, affiliations);
        Ranking.Choice choice = candidates.choose(event.getTimestampMs(), settings);
        List<Explanation.Candidate> replays = candidates.all().stream()
                .map(replay -> new Explanation.Candidate(
                        replay.replay(), replay.startedMs(), replay.lastSeenMs(), replay.gap(event.getTimestampMs())))
                .toList();
        int foreign = (int) witnesses.witnesses().stream()
                .map(TraceRow.Witness::replay)
                .distinct()
                .filter(replay -> replays.stream().noneMatch(own -> own.replay().equals(replay)))
                .count();
        return new Explanation.OnTrace(
                row.claim(),
                replays,
                foreign,
                choice instanceof Ranking.Choice.None none && none.reason() == UnlinkedReason.SHARED_TRACE,
                row.replay(),
                row.confidence(),
                choice instanceof Ranking.Choice.None none ? none.reason() : null,
                row.dueMs(),
                row.closed());
    }

    private Explanation ofReplay(Id id, ClaimRow row) {
        byte[] seen = rows.get(Keys.of(Keys.SEEN, id));
        ReplayRow replay = seen == null ? ReplayRow.unseen() : ReplayRow.read(seen);
        Judgement judgement = Judgement.of(row.claim(), replay, affiliations, settings);
        return new Explanation.OfReplay(
                row.claim(),
                replay.views().stream().map(this::seen).toList(),
                !(judgement instanceof Judgement.Linked linked)
                        || linked.facts().inSession(),
                judgement instanceof Judgement.Withdrawn,
                judgement.reason(),
                row.dueMs(),
                row.closed());
    }

    private Explanation.Seen seen(ReplayView view) {
        return new Explanation.Seen(
                view.description().project(),
                Judgement.organization(view, affiliations),
                view.startedMs(),
                view.lastSeenMs(),
                view.lastSegment(),
                view.proven(),
                view.archived());
    }
}
