package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The questions that readers have, each a few queries to a table whose key fits it. Of each link the newest version counts, and what belongs
 * to a replay that a user deleted is left out. Not for several threads at once.
 *
 * <p>Each method throws {@link io.replaylinker.sinks.SinkException} when the server cannot be reached or refuses.
 */
public final class Lookup implements AutoCloseable {

    private final TableReader tables;
    private final Clock clock;

    /** @param clock tells how long ago the newest record came, and which days are recent */
    public Lookup(ClickHouse clickHouse, Clock clock) {
        this(new TableReader(clickHouse), clock);
    }

    /**
     * A look-up that gives up in time, for those who must not be a burden to the server.
     *
     * @param longest that one query may take, whole seconds
     */
    public Lookup(ClickHouse clickHouse, Clock clock, Duration longest) {
        this(new TableReader(clickHouse, longest), clock);
    }

    private Lookup(TableReader tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** A replay's life and its events in the order of time; the project and the time of a filter are those of events. */
    public Answer<ReplayStory> replay(IdPrefix replay, Filter filter) {
        Overview overview = overview(filter.organization());
        List<Long> of = overview.organizations();
        List<KnownReplay> lives = new Lives(tables).of(of, replay);
        List<String> ids = lives.stream().map(KnownReplay::replayId).distinct().toList();
        return answer(overview, ids, id -> new ReplayOf(tables, of, filter).story(lives));
    }

    /** An event's replay, or what became of its claim; the project and the time of a filter are those of the event. */
    public Answer<EventStory> event(IdPrefix event, Filter filter) {
        Overview overview = overview(filter.organization());
        EventOf found = EventOf.read(tables, overview.organizations(), event, filter);
        return answer(overview, found.ids(), found::story);
    }

    /**
     * The replays of a trace, the newest first, without their lives; the project and the time of a filter are those of replays.
     */
    public Answer<TraceStory> trace(IdPrefix trace, Filter filter) {
        Overview overview = overview(filter.organization());
        OfTrace found = new OfTrace(tables, overview.organizations(), filter);
        return answer(overview, found.ids(trace, Answer.Ambiguous.MOST), found::story);
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
                AND transaction_hash = cityHash64(unhex({transaction:String}))
                AND `transaction` = unhex({transaction:String})""", false, () -> Links.narrowed(
                        List.of(), filter)
                .hex("transaction", name)));
    }

    /** Replays by length and errors, the newest first; the project and the time of a filter are those of replays. */
    public Answer<Page<ReplayHit>> replays(ReplayCriteria criteria, Filter filter) {
        Overview overview = overview(filter.organization());
        return known(overview, filter, new LongReplays(tables, overview.organizations(), criteria, filter).page());
    }

    /** The same hits with the lives of their replays, as far as there are any: how long each was, and what it recorded. */
    public List<ReplayHit> withLives(List<ReplayHit> hits) {
        List<Long> of = hits.stream()
                .map(hit -> hit.replay().organizationId())
                .distinct()
                .toList();
        return new Lives(tables).with(of, hits);
    }

    /** What share of backend errors has a replay. */
    public Answer<Coverage> coverage(CoverageQuestion question) {
        Overview overview = overview(question.organization());
        Coverage coverage = new CoverageReader(tables, clock).read(overview.organizations(), question);
        return new Answer.Found<>(coverage, overview.freshness());
    }

    @Override
    public void close() {
        tables.close();
    }

    private Overview overview(@Nullable Long organization) {
        return Overview.read(tables, clock, organization);
    }

    private Answer<Page<ReplayHit>> byKey(Filter filter, ByKey.Key key) {
        Overview overview = overview(filter.organization());
        return known(overview, filter, new ByKey(tables, overview.organizations(), filter, key).page());
    }

    private static <T> Answer<Page<T>> known(Overview overview, Filter filter, Page<T> page) {
        return answer(overview, page.known(filter));
    }

    private static <T> Answer<T> answer(Overview overview, List<String> ids, Story<T> story) {
        if (ids.size() > 1) {
            return new Answer.Ambiguous<>(
                    ids.stream().limit(Answer.Ambiguous.MOST).toList(), overview.freshness());
        }
        return answer(overview, ids.stream().findFirst().flatMap(story::of));
    }

    private static <T> Answer<T> answer(Overview overview, Optional<T> told) {
        return told.<Answer<T>>map(value -> new Answer.Found<>(value, overview.freshness()))
                .orElseGet(() -> new Answer.Unknown<>(overview.freshness()));
    }

    /** Reads what belongs to the one id that was meant. */
    private interface Story<T> {
        Optional<T> of(String id);
    }
}
