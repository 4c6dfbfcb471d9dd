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
 * @param kind issue, transaction or replays
 * @param asking the query of the library
 */
public record ReplaysQuestion(
        String kind, String subject, PageOptions options, BiFunction<Lookup, Filter, Answer<Page<ReplayHit>>> asking)
        implements Question<Page<ReplayHit>> {

    /** With the states of the replays. */
    public static ReplaysQuestion issue(long groupId, PageOptions options) {
        return new ReplaysQuestion(
                "issue",
                "issue " + Words.id(groupId),
                options,
                withStates((lookup, filter) -> lookup.issue(groupId, filter)));
    }

    @Override
    public Answer<Page<ReplayHit>> ask(Lookup lookup, Clock clock) {
        return asking.apply(lookup, options.filter(Cursor.Order.REPLAYS, clock));
    }

    /** Adds replay states to a query of the library whose hits come without them. */
    public static BiFunction<Lookup, Filter, Answer<Page<ReplayHit>>> withStates(
            BiFunction<Lookup, Filter, Answer<Page<ReplayHit>>> asking) {
        return (lookup, filter) ->
                asking.apply(lookup, filter).map(page -> new Page<>(lookup.withStates(page.rows()), page.next()));
    }

    @Override
    public List<String> text(Page<ReplayHit> page) {
        if (page.rows().isEmpty()) {
            return List.of("no more");
        }
        List<String> lines = new ArrayList<>(TextParts.hits(page.rows()));
        lines.addAll(TextParts.next(page));
        return lines;
    }

    @Override
    public void write(Page<ReplayHit> page, JsonFields json) {
        json.array("replays", page.rows(), hit -> JsonParts.hit(hit, json));
        JsonParts.next(page.next(), json);
    }
}
