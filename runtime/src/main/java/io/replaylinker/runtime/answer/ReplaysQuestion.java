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
import org.jspecify.annotations.Nullable;

/**
 * A query for a page of replays.
 *
 * @param kind issue, transaction or replays
 * @param issue whose replays these are; 0 in other queries
 * @param asking the query of the library
 */
public record ReplaysQuestion(
        String kind,
        String subject,
        long issue,
        PageOptions options,
        BiFunction<Lookup, Filter, Answer<Page<ReplayHit>>> asking)
        implements Question<Page<ReplayHit>> {

    private static final String TRANSACTION = "transaction";

    /** With the states of the replays. */
    public static ReplaysQuestion issue(long groupId, PageOptions options) {
        return new ReplaysQuestion(
                "issue",
                "issue " + Words.id(groupId),
                groupId,
                options,
                withStates((lookup, filter) -> lookup.issue(groupId, filter)));
    }

    /**
     * With the states of the replays.
     *
     * @param name the whole name of a transaction or route
     */
    public static ReplaysQuestion transaction(String name, PageOptions options) {
        return new ReplaysQuestion(
                TRANSACTION,
                TRANSACTION + " " + Words.cut(name, 80),
                0,
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
        return (lookup, filter) ->
                asking.apply(lookup, filter).map(page -> new Page<>(lookup.withStates(page.rows()), page.next()));
    }

    @Override
    public List<String> text(Page<ReplayHit> page, SentryLinks sentry) {
        if (page.rows().isEmpty()) {
            return List.of("no more");
        }
        List<String> lines = new ArrayList<>(TextParts.hits(page.rows()));
        lines.addAll(TextParts.next(page));
        String address = address(page, sentry);
        if (address != null) {
            lines.add("");
            lines.add("issue in Sentry: " + address);
        }
        return lines;
    }

    @Override
    public void write(Page<ReplayHit> page, JsonFields json, SentryLinks sentry) {
        json.text("sentry_url", address(page, sentry));
        json.array("replays", page.rows(), hit -> JsonParts.hit(hit, json, sentry));
        JsonParts.next(page.next(), json);
    }

    private @Nullable String address(Page<ReplayHit> page, SentryLinks sentry) {
        return sentry.issue(organization(page), issue);
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
