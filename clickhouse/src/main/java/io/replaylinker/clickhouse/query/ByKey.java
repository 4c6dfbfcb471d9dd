package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds the replays of an issue, a transaction or a trace, newest first. It reads a table that sorts the links by that key, so the rows of
 * a result are stored together. The latest version of a link counts. Retracted links are left out, and so are links to a replay that a user
 * deleted. The join retracts the latter only while its state still holds the replay.
 */
final class ByKey {

    private static final String DAYS = """
            SELECT %2$s AS day_of_start, count() AS rows
            FROM %1$s
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND %3$s
              AND %2$s BETWEEN {from:Date} AND {until:Date}
            GROUP BY day_of_start
            ORDER BY day_of_start DESC
            """;

    /**
     * When a replay's start moved over midnight, older versions of its links are on the neighbouring day, so both neighbouring days are
     * read too. The last condition is evaluated where the results of all shards are merged, so the deleted replays have to be known there
     * as well.
     */
    private static final String HITS = ReplayHit.COLUMNS + """
                argMax(replay_project_id, version) AS project
            FROM (
                SELECT
                    organization_id, replay_id, event_id, occurrence, replay_project_id, replay_started_at, kind, severity, event_at, version,
                    is_deleted
                FROM %1$s
                WHERE organization_id IN {organizations:Array(UInt64)}
                  AND %3$s
                  AND %2$s BETWEEN {day_before:Date} AND {day_after:Date}
                ORDER BY version DESC, is_deleted DESC
                LIMIT 1 BY organization_id, replay_id, event_id, occurrence)
            WHERE is_deleted = 0
            GROUP BY organization_id, replay_id
            HAVING %4$s
               AND (replay_id, project) GLOBAL NOT IN (
                   SELECT replay_id, project_id
                   FROM archived_replays
                   WHERE organization_id IN {with_unknown:Array(UInt64)}
                     AND day BETWEEN {day_before:Date} AND {day_after:Date})
            ORDER BY started DESC, replay_id
            LIMIT {limit:UInt32}
            """;

    private static final String OF_PROJECT = " AND project = {replay_project:UInt64}";

    private final TableReader tables;
    private final ParallelQueries queries;
    private final int few;
    private final Scope scope;
    private final Filter filter;
    private final Key key;

    /**
     * @param table that sorts the links by this key
     * @param day SQL expression for the day of the replay's start
     * @param byDay whether the day is part of the sort order; otherwise all rows of a key are read at once
     * @param condition SQL condition on the key
     * @param ofReplays whether a filter's project is that of the replay; otherwise the condition contains the project
     * @param values of the condition, a new object for each query
     */
    record Key(
            String table,
            String day,
            boolean byDay,
            String condition,
            boolean ofReplays,
            Supplier<Parameters> values) {}

    /** @param few number of links that are merged in the client */
    ByKey(TableReader tables, ParallelQueries queries, int few, Scope scope, Filter filter, Key key) {
        this.tables = tables;
        this.queries = queries;
        this.few = few;
        this.scope = scope;
        this.filter = filter;
        this.key = key;
    }

    Page<ReplayHit> page() {
        FewLinks.Found newest = new FewLinks(tables, queries, scope, filter, few).of(key);
        return newest.isAll() || newest.hits().size() > filter.limit()
                ? Page.of(newest.hits(), filter.limit(), ReplayHit::place)
                : walk(newest.newest());
    }

    private Page<ReplayHit> walk(LocalDate newest) {
        return new DayWalk(filter, this::hits).page(key.byDay() ? newest : Days.FIRST, newest, this::days);
    }

    private List<DayWalk.Day> days(LocalDate until) {
        return tables.rows(
                "looking for replays",
                sql(DAYS, ""),
                keyed().text("from", Days.text(filter.firstDay()))
                        .text("until", Days.text(until))
                        .values(),
                DayWalk.Day::of);
    }

    private List<ReplayHit> hits(LocalDate from, LocalDate until, int limit) {
        TimeRange range = TimeRange.of(from, until, filter, filter.after());
        Parameters parameters = range.in(keyed())
                .unsigned("with_unknown", ReplayStates.withUnknown(scope.linked()))
                .number("limit", limit);
        String condition = range.condition();
        if (key.ofReplays() && filter.project() != null) {
            parameters.unsigned("replay_project", filter.project());
            condition += OF_PROJECT;
        }
        return tables.rows("looking for replays", sql(HITS, condition), parameters.values(), ReplayHit::of);
    }

    private String sql(String text, String more) {
        return text.formatted(key.table(), key.day(), key.condition(), more);
    }

    private Parameters keyed() {
        return key.values().get().unsigned("organizations", scope.linked());
    }
}
