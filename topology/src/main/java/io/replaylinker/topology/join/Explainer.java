package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Explains why an event has a link or none, from the rows of a running join and with its own rules. It only reads, so
 * it may run between two inputs of the join. Rows are not indexed by event: it scans all of them, about a second for a
 * million.
 */
public final class Explainer {

    /** A trace or a replay may have thousands of events; so many tell what is known of it. */
    private static final int MOST = 20;

    private static final byte[] EVENTS = Keys.table(Keys.EVENT);

    private final Rows rows;
    private final JoinSettings settings;
    private final Affiliations affiliations;
    private final ClaimBytes claims = new ClaimBytes();

    /** Explains from the rows of one step. */
    Explainer(Rows rows, JoinSettings settings, Affiliations affiliations) {
        this.rows = rows;
        this.settings = settings;
        this.affiliations = affiliations;
    }

    /**
     * Explanations of resolve: one for each event with such an id. Empty for an event that it has forgotten or never
     * had.
     */
    public List<Explanation> onTrace(Predicate<Id> event) {
        return each(event, (trace, row) -> onTrace(trace, resolved(row)));
    }

    /** Explanations of confirm: one for each replay that an event with such an id was resolved to. */
    public List<Explanation> ofReplay(Predicate<Id> event) {
        return each(event, (replay, row) -> ofReplay(replay, claim(row)));
    }

    /** Explanations of resolve for some of the events of each trace with such an id. */
    public List<Explanation> ofTrace(Predicate<Id> trace) {
        return some(trace, (id, row) -> onTrace(id, resolved(row)));
    }

    /** Explanations of confirm for some of the events that were resolved to each replay with such an id. */
    public List<Explanation> toReplay(Predicate<Id> replay) {
        return some(replay, (id, row) -> ofReplay(id, claim(row)));
    }

    private ResolvedRow resolved(Rows.Row row) {
        return ResolvedRow.read(row.key(), row.value(), claims);
    }

    private ClaimRow claim(Rows.Row row) {
        return ClaimRow.read(row.key(), row.value(), claims);
    }

    private List<Explanation> each(Predicate<Id> event, BiFunction<Id, Rows.Row, Explanation> explain) {
        List<Explanation> found = new ArrayList<>();
        rows.each(EVENTS, row -> {
            if (event.test(Keys.event(row.key()))) {
                found.add(explain.apply(Keys.id(row.key()), row));
            }
        });
        return found;
    }

    private List<Explanation> some(Predicate<Id> key, BiFunction<Id, Rows.Row, Explanation> explain) {
        List<Explanation> found = new ArrayList<>();
        rows.each(EVENTS, row -> {
            if (key.test(Keys.id(row.key())) && found.size() < MOST) {
                found.add(explain.apply(Keys.id(row.key()), row));
            }
        });
        return found;
    }

    private Explanation onTrace(Id id, ResolvedRow row) {
        Claim claim = row.claim();
        Trace trace = new TraceReader(rows, settings).read(id, Long.MIN_VALUE);
        Ladder.Grounds grounds = new Ladder(settings, affiliations).decide(row, trace, Long.MIN_VALUE);
        Visits visits = grounds.visits();
        Set<Visit> ofUser = Set.copyOf(visits.ofUser(claim.getUser(), claim.getAddress()));
        List<Explanation.SeenVisit> seen = visits.all().stream()
                .map(visit -> seen(visit, ofUser.contains(visit), claim.getEvent()))
                .toList();
        int foreign = (int) trace.row().visits().stream()
                .filter(visit -> visits.all().stream().noneMatch(own -> own.isSameVisit(visit)))
                .count();
        Path path = grounds.path();
        Decision decision = grounds.decision();
        return new Explanation.OnTrace(
                claim,
                id,
                seen,
                foreign,
                visits.isCrowded(),
                path.spans().stream().map(Explainer::span).toList(),
                Explanation.PathEnd.valueOf(path.end().name()),
                path.bySegment(),
                decision.replay(),
                decision.method(),
                decision.confidence(),
                decision.replay() == null ? decision.reason() : null,
                row.expiryMs(),
                row.closed());
    }

    private static Explanation.SeenVisit seen(Visit visit, boolean sameUser, EventSummary event) {
        return new Explanation.SeenVisit(
                visit.replay(),
                visit.replay() == null ? hex(visit.root()) : "",
                sameUser,
                visit.startedMs(),
                visit.lastSeenMs(),
                Ranking.gap(visit, event.getTimestampMs()));
    }

    private static Explanation.PathSpan span(SpanNode node) {
        return new Explanation.PathSpan(
                hex(node.span()), node.project(), node.client(), node.root(), node.call(), node.replay());
    }

    private static String hex(long span) {
        return HexFormat.of().toHexDigits(span);
    }

    /** Explanations of choose: one for each event with such an id that was looked up in more than one place. */
    public List<Explanation> amongLookups(Predicate<Id> event) {
        return each(event, (id, row) -> amongLookups(resolved(row)));
    }

    private Explanation amongLookups(ResolvedRow row) {
        Decision decision = row.decision();
        return new Explanation.AmongLookups(
                row.claim(),
                List.copyOf(Namings.of(rows, affiliations, row.claim().getEvent())),
                decision.replay(),
                decision.method(),
                decision.replay() == null ? decision.reason() : null,
                row.expiryMs(),
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
                row.expiryMs(),
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
