package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A query for a page of replays.
 *
 * @param kind transaction or replays
 * @param asking the query of the library
 */
public record ReplaysQuestion(
        String kind, String subject, PageOptions options, BiFunction<Lookup, Filter, Answer<Page<ReplayHit>>> asking)
        implements Question<Page<ReplayHit>> {

    private static final String TRANSACTION = "transaction";

    /**
     * With the states of the replays.
     *
     * @param name the whole name of a transaction or route
     */
    public static ReplaysQuestion transaction(String name, PageOptions options) {
        return new ReplaysQuestion(
                TRANSACTION,
                TRANSACTION + " " + Words.cut(name, 80),
                options,
                withStates((lookup, filter) -> lookup.transaction(name, filter)));
    }

    @Override
    public Answer<Page<ReplayHit>> ask(Lookup lookup, Clock clock) {
        return asking.apply(lookup, options.filter(Cursor.Order.REPLAYS, clock));
    }

    /** Adds replay states to a query of the library whose hits come without them. */
    private static BiFunction<Lookup, Filter, Answer<Page<ReplayHit>>> withStates(
            BiFunction<Lookup, Filter, Answer<Page<ReplayHit>>> asking) {
        return (lookup, filter) -> asking.apply(lookup, filter).map(page -> withStates(lookup, page));
    }

    static Page<ReplayHit> withStates(Lookup lookup, Page<ReplayHit> page) {
        return new Page<>(lookup.withStates(page.rows()), page.next());
    }

    @Override
    public List<String> text(Page<ReplayHit> page, SentryLinks sentry) {
        return lines(page);
    }

    /** A table of the replays, and how to go on behind it. */
    static List<String> lines(Page<ReplayHit> page) {
        if (page.rows().isEmpty()) {
            return List.of("no more");
        }
        List<String> lines = new ArrayList<>(TextParts.hits(page.rows()));
        lines.addAll(TextParts.next(page));
        return lines;
    }

    @Override
    public void write(Page<ReplayHit> page, JsonFields json, SentryLinks sentry) {
        json.nothing("sentry_url");
        hits(page, json, sentry);
    }

    static void hits(Page<ReplayHit> page, JsonFields json, SentryLinks sentry) {
        json.array("replays", page.rows(), hit -> JsonParts.hit(hit, json, sentry));
        JsonParts.next(page.next(), json);
    }

    /** The organization of all these replays; 0 if they have several or none. */
    static long organization(Page<ReplayHit> page) {
        List<Long> organizations = page.rows().stream()
                .map(hit -> hit.replay().organizationId())
                .filter(id -> id != 0)
                .distinct()
                .toList();
        return organizations.size() == 1 ? organizations.get(0) : 0;
    }
}
