package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.TableReader;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * The queries for readers. Each runs a few SQL queries against a table with a matching key. The latest version of each link counts. Links
 * to a replay that a user deleted are left out. Not thread-safe.
 *
 * <p>Each method throws {@link io.replaylinker.clickhouse.StorageException} when the server cannot be reached or refuses.
 */
public final class Lookup implements AutoCloseable {

    private final TableReader tables;
    private final Clock clock;
    private final IntUnaryOperator few;
    private final ParallelQueries queries = new ParallelQueries();
    private final Overviews overviews;

    /** @param clock for the age of the newest record and for the recent days */
    public Lookup(ClickHouse clickHouse, Clock clock) {
        this(new TableReader(clickHouse), clock, FewLinks::rows);
    }

    /**
     * A lookup with a time limit, for clients that must not overload the server.
     *
     * @param longest limit of a single query, whole seconds
     */
    public Lookup(ClickHouse clickHouse, Clock clock, Duration longest) {
        this(new TableReader(clickHouse, longest), clock, FewLinks::rows);
    }

    /** @param few number of links to merge in the client, by the limit of a page; 0 to merge them in the server */
    Lookup(TableReader tables, Clock clock, IntUnaryOperator few) {
        this.tables = tables;
        this.clock = clock;
        this.few = few;
        this.overviews = new Overviews(tables, clock, queries);
    }

    /** Finds a replay's state and its events in chronological order. Project and time of the filter apply to the events. */
    public Answer<ReplayStory> replay(IdPrefix replay, Filter filter) {
        return overviews.answer(filter.organization(), scope -> {
            List<KnownReplay> replays = new ReplayStates(tables).of(scope.all(), replay);
            return PartialResult.of(
                    ReplayStates.ids(replays), id -> new ReplayOf(tables, scope.all(), filter).story(replays));
        });
    }

    /**
     * Counts the events of a replay over time, of all its pages. Project, since and until of the filter apply to the events.
     *
     * @param story of its first page
     * @param steps 1 to {@link EventDensity#MOST_STEPS}
     * @return empty if the replay has no events
     */
    public Optional<EventDensity> density(ReplayStory story, Filter filter, int steps) {
        List<Long> organizations = story.events().rows().stream()
                .map(LinkedEvent::organizationId)
                .distinct()
                .toList();
        return organizations.isEmpty()
                ? Optional.empty()
                : new EventDensities(tables).of(organizations, story.replay().replayId(), filter, steps);
    }

    /** Finds the replay of an event, or the outcome of its claim. Project and time of the filter apply to the event. */
    public Answer<EventStory> event(IdPrefix event, Filter filter) {
        return overviews.answer(filter.organization(), scope -> {
            EventOf found = EventOf.read(tables, queries, scope.all(), event, filter);
            return PartialResult.of(found.ids(), found::story);
        });
    }

    /**
     * Finds events without a link that named a replay, or whose trace led to it, {@link EventOutcome#MOST} at most. For a replay of which
     * nothing else is known. Project and time of the filter apply to the events.
     */
    public Answer<List<EventOutcome>> naming(IdPrefix replay, Filter filter) {
        return overviews.answer(filter.organization(), scope -> {
            List<EventOutcome> outcomes = new Outcomes(tables).namingReplay(scope.all(), replay, filter);
            return new PartialResult<>(List.of(), outcomes.isEmpty() ? Optional.empty() : Optional.of(outcomes));
        });
    }

    /** Finds the replays of a trace, newest first, without their states and events. Project and time of the filter apply to the replays. */
    public Answer<TraceStory> trace(IdPrefix trace, Filter filter) {
        return overviews.answer(filter.organization(), scope -> {
            List<String> ids = new OfTrace(tables).ids(scope.linked(), trace, Answer.Ambiguous.MOST);
            return PartialResult.of(
                    ids,
                    id -> replays(scope, filter, OfTrace.key(id)).known(filter).map(page -> new TraceStory(id, page)));
        });
    }

    /**
     * Finds the replays of an issue, newest first, without their states. Merges, splits and deletions of issues are followed. Project and
     * time of the filter apply to the replays.
     */
    public Answer<IssueStory> issue(long groupId, Filter filter) {
        return overviews.answer(filter.organization(), scope -> {
            Supplier<IssueChanges> changes = queries.submit(() -> IssueChanges.of(tables, groupId));
            return new PartialResult<>(
                    List.of(),
                    new OfIssue(scope.linked(), key -> replays(scope, filter, key)).story(groupId, changes, filter));
        });
    }

    /**
     * Finds the replays of a transaction by its whole name, newest first, without their states. The project of the filter applies to the
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

    /**
     * Finds the names of transactions that contain a text, in any case, in replays of the last days.
     *
     * @param days how far back
     * @return ambiguous, also for a single name, or unknown
     */
    public Answer<Page<ReplayHit>> transactionsContaining(String part, int days) {
        LocalDate from = ReplayStates.day(clock.instant()).minusDays(days);
        return overviews.answer(
                null,
                scope -> new PartialResult<>(
                        new TransactionNames(tables).containing(scope.linked(), part, from), Optional.empty()));
    }

    /** Finds replays by length and errors, newest first. Project and time of the filter apply to the replays. */
    public Answer<Page<ReplayHit>> replays(ReplayCriteria criteria, Filter filter) {
        return overviews.answer(
                filter.organization(),
                scope -> PartialResult.page(
                        new LongReplays(tables, scope.all(), criteria, filter, clock).page(), filter));
    }

    /** Returns the same hits with the states of their replays, where known: length and recorded contents. */
    public List<ReplayHit> withStates(List<ReplayHit> hits) {
        List<Long> of = hits.stream()
                .map(hit -> hit.replay().organizationId())
                .distinct()
                .toList();
        return new ReplayStates(tables).with(of, hits);
    }

    /** Returns the same hits, each with at most the first {@link ReplayHit#FIRST} events of the trace. */
    public List<ReplayHit> withEvents(String traceId, List<ReplayHit> hits) {
        return new OfTrace(tables).withEvents(traceId, hits);
    }

    /** Counts the linked share of backend errors. */
    public Answer<Coverage> coverage(CoverageQuestion question) {
        return overviews.answer(
                question.organization(),
                scope -> PartialResult.of(new CoverageReader(tables, clock).read(scope.all(), question)));
    }

    /** Finds the hours of the backend errors before the range of a question, such as one whose coverage is empty. */
    public Answer<Coverage.Span> coverageBefore(CoverageQuestion question) {
        return overviews.answer(
                question.organization(),
                scope -> new PartialResult<>(
                        List.of(), new CoverageReader(tables, clock).before(scope.all(), question)));
    }

    /** The queries about traces, errors and issues, on the same connection. */
    public Contexts contexts() {
        return new Contexts(tables, queries, overviews, clock);
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
