package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The questions that readers have, each a few queries. Tables whose keys fit a question nominate, {@code replay_links FINAL} decides, and
 * what belongs to a replay that a user deleted is left out. Not for several threads at once.
 *
 * <p>Each method throws {@link io.replaylinker.sinks.SinkException} when the server cannot be reached or refuses.
 */
public final class Lookup implements AutoCloseable {

    private final TableReader tables;
    private final Organizations organizations;
    private final FreshnessReader freshness;
    private final Clock clock;

    /** @param clock tells how long ago the newest record came, and which days are recent */
    public Lookup(ClickHouse clickHouse, Clock clock) {
        this.tables = new TableReader(clickHouse);
        this.organizations = new Organizations(tables);
        this.freshness = new FreshnessReader(tables, clock);
        this.clock = clock;
    }

    /** A replay's life and its events in the order of time; the project and the time of a filter are those of events. */
    public Answer<ReplayStory> replay(IdPrefix replay, Filter filter) {
        List<Long> of = organizations.of(filter);
        List<KnownReplay> lives = new Lives(tables).of(of, replay);
        List<String> ids = lives.stream().map(KnownReplay::replayId).distinct().toList();
        return answer(ids, id -> new ReplayOf(tables, of, filter).story(lives));
    }

    /** An event's replay, or what became of its claim; the project and the time of a filter are those of the event. */
    public Answer<EventStory> event(IdPrefix event, Filter filter) {
        List<Long> of = organizations.of(filter);
        EventOf found = EventOf.read(tables, of, event, filter);
        return answer(found.ids(), found::story);
    }

    /** The replays of a trace, the newest first; the project and the time of a filter are those of replays. */
    public Answer<TraceStory> trace(IdPrefix trace, Filter filter) {
        List<Long> of = organizations.of(filter);
        List<String> ids = OfTrace.ids(tables, of, trace, Answer.Ambiguous.MOST);
        return answer(ids, id -> {
            Page<ReplayHit> page = BackwardWalk.page(new OfTrace(tables, of, id, filter), filter);
            return found(page, filter).map(replays -> new TraceStory(id, replays));
        });
    }

    /** The replays of an issue, the newest first; the project and the time of a filter are those of replays. */
    public Answer<Page<ReplayHit>> issue(long groupId, Filter filter) {
        ByKey.Key key = new ByKey.Key(
                "replays_by_issue", "group_id = {issue:UInt64}", """
                AND group_id = {issue:UInt64}
                AND ({any_project:UInt8} OR replay_project_id = {project:UInt64})
                """, () -> Links.narrowed(List.of(), filter)
                        .unsigned("issue", groupId));
        return replays(new ByKey(tables, organizations.of(filter), filter, key), filter);
    }

    /** The replays of a transaction by its whole name, the newest first; the project of a filter is that of the events. */
    public Answer<Page<ReplayHit>> transaction(String name, Filter filter) {
        ByKey.Key key = new ByKey.Key("replays_by_transaction", """
                ({any_project:UInt8} OR event_project_id = {project:UInt64})
                AND transaction_hash = cityHash64(unhex({transaction:String}))
                """, """
                AND ({any_project:UInt8} OR event_project_id = {project:UInt64})
                AND `transaction` = unhex({transaction:String})
                """, () -> Links.narrowed(List.of(), filter)
                .hex("transaction", name));
        return replays(new ByKey(tables, organizations.of(filter), filter, key), filter);
    }

    /** Replays by length and errors, the newest first; the project and the time of a filter are those of replays. */
    public Answer<Page<ReplayHit>> replays(ReplayCriteria criteria, Filter filter) {
        return replays(new LongReplays(tables, organizations.of(filter), criteria, filter), filter);
    }

    /** What share of backend errors has a replay. */
    public Answer<Coverage> coverage(CoverageQuestion question) {
        List<Long> of = organizations.of(Filter.page(1).of(question.organization()));
        return new Answer.Found<>(new CoverageReader(tables, clock).read(of, question), freshness.now());
    }

    @Override
    public void close() {
        tables.close();
    }

    private Answer<Page<ReplayHit>> replays(Nomination nomination, Filter filter) {
        return found(BackwardWalk.page(nomination, filter), filter)
                .<Answer<Page<ReplayHit>>>map(page -> new Answer.Found<>(page, freshness.now()))
                .orElseGet(() -> new Answer.Unknown<>(freshness.now()));
    }

    /** The last page may be empty, the first not: then nothing is known. */
    private static Optional<Page<ReplayHit>> found(Page<ReplayHit> page, Filter filter) {
        return page.rows().isEmpty() && filter.after() == null ? Optional.empty() : Optional.of(page);
    }

    private <T> Answer<T> answer(List<String> ids, Story<T> story) {
        if (ids.size() > 1) {
            return new Answer.Ambiguous<>(
                    ids.stream().limit(Answer.Ambiguous.MOST).toList(), freshness.now());
        }
        Optional<T> told = ids.isEmpty() ? Optional.empty() : story.of(ids.get(0));
        return told.<Answer<T>>map(value -> new Answer.Found<>(value, freshness.now()))
                .orElseGet(() -> new Answer.Unknown<>(freshness.now()));
    }

    /** Reads what belongs to the one id that was meant. */
    private interface Story<T> {
        Optional<T> of(String id);
    }
}
