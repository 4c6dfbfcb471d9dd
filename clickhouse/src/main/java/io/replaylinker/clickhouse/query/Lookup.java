package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The questions that readers have, each a few queries to a table whose key fits it. Of each link the newest version counts, and what belongs
 * to a replay that a user deleted is left out. Not for several threads at once.
 *
 * <p>Each method throws {@link io.replaylinker.clickhouse.SinkException} when the server cannot be reached or refuses.
 */
public final class Lookup implements AutoCloseable {

    private final TableReader tables;
    private final Clock clock;
    private final IntUnaryOperator few;
    private final ParallelQueries queries = new ParallelQueries();
    private final Overviews overviews;

    /** @param clock tells how long ago the newest record came, and which days are recent */
    public Lookup(ClickHouse clickHouse, Clock clock) {
        this(new TableReader(clickHouse), clock, FewLinks::rows);
    }

    /**
     * A look-up that gives up in time, for those who must not be a burden to the server.
     *
     * @param longest that one query may take, whole seconds
     */
    public Lookup(ClickHouse clickHouse, Clock clock, Duration longest) {
        this(new TableReader(clickHouse, longest), clock, FewLinks::rows);
    }

    /** @param few by the limit of a page, how many links are put together here; 0 to have the server do it */
    Lookup(TableReader tables, Clock clock, IntUnaryOperator few) {
        this.tables = tables;
        this.clock = clock;
        this.few = few;
        this.overviews = new Overviews(tables, clock, queries);
    }

    /** A replay's life and its events in the order of time; the project and the time of a filter are those of events. */
    public Answer<ReplayStory> replay(IdPrefix replay, Filter filter) {
        return overviews.answer(filter.organization(), scope -> {
            List<KnownReplay> replays = new ReplayStates(tables).of(scope.all(), replay);
            return PartialResult.of(
                    ReplayStates.ids(replays), id -> new ReplayOf(tables, scope.all(), filter).story(replays));
        });
    }

    /** An event's replay, or what became of its claim; the project and the time of a filter are those of the event. */
    public Answer<EventStory> event(IdPrefix event, Filter filter) {
        return overviews.answer(filter.organization(), scope -> {
            EventOf found = EventOf.read(tables, queries, scope.all(), event, filter);
            return PartialResult.of(found.ids(), found::story);
        });
    }

    /**
     * The replays of a trace, the newest first, without their lives and events; the project and the time of a filter are those of replays.
     */
    public Answer<TraceStory> trace(IdPrefix trace, Filter filter) {
        return overviews.answer(filter.organization(), scope -> {
            List<String> ids = new OfTrace(tables).ids(scope.linked(), trace, Answer.Ambiguous.MOST);
            return PartialResult.of(
                    ids,
                    id -> replays(scope, filter, OfTrace.key(id)).known(filter).map(page -> new TraceStory(id, page)));
        });
    }

    /**
     * The replays of an issue, the newest first, without their lives; the project and the time of a filter are those of replays.
     */
    public Answer<Page<ReplayHit>> issue(long groupId, Filter filter) {
        return byKey(
                filter,
                new ByKey.Key("replays_by_issue", "day", true, "group_id = {issue:UInt64}", true, () -> new Parameters()
                        .unsigned("issue", groupId)));
    }

    /**
     * The replays of a transaction by its whole name, the newest first, without their lives; the project of a filter is that of the
     * events.
     */
    public Answer<Page<ReplayHit>> transaction(String name, Filter filter) {
        return byKey(filter, new ByKey.Key("replays_by_transaction", "day", true, """
                ({any_project:UInt8} OR event_project_id = {project:UInt64})
                AND transaction_hash = cityHash64({transaction:String})
                AND `transaction` = {transaction:String}""", false, () -> Links.narrowed(
                        List.of(), filter)
                .text("transaction", name)));
    }

    /** Replays by length and errors, the newest first; the project and the time of a filter are those of replays. */
    public Answer<Page<ReplayHit>> replays(ReplayCriteria criteria, Filter filter) {
        return overviews.answer(
                filter.organization(),
                scope -> PartialResult.page(
                        new LongReplays(tables, scope.all(), criteria, filter, clock).page(), filter));
    }

    /** The same hits with the lives of their replays, as far as there are any: how long each was, and what it recorded. */
    public List<ReplayHit> withStates(List<ReplayHit> hits) {
        List<Long> of = hits.stream()
                .map(hit -> hit.replay().organizationId())
                .distinct()
                .toList();
        return new ReplayStates(tables).with(of, hits);
    }

    /** The same hits, each with at most the first {@link ReplayHit#FIRST} events of the trace that it was found by. */
    public List<ReplayHit> withEvents(String traceId, List<ReplayHit> hits) {
        return new OfTrace(tables).withEvents(traceId, hits);
    }

    /** What share of backend errors has a replay. */
    public Answer<Coverage> coverage(CoverageQuestion question) {
        return overviews.answer(
                question.organization(),
                scope -> PartialResult.of(new CoverageReader(tables, clock).read(scope.all(), question)));
    }

    @Override
    public void close() {
        queries.close();
        tables.close();
    }

    private Answer<Page<ReplayHit>> byKey(Filter filter, ByKey.Key key) {
        return overviews.answer(
                filter.organization(), scope -> PartialResult.page(replays(scope, filter, key), filter));
    }

    private Page<ReplayHit> replays(Scope scope, Filter filter, ByKey.Key key) {
        return new ByKey(tables, queries, few.applyAsInt(filter.limit()), scope, filter, key).page();
    }
}
