package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;

/**
 * The replays of an issue, a transaction or a trace, the newest first: from a table that holds the links in the order of that key, so an
 * answer is read in one place. Of each link the newest version counts; one that was taken back is none, and neither is one to a replay that
 * a user deleted, which the join takes back only as long as it remembers the replay.
 */
final class ByKey {

    private static final String DAYS = """
            SELECT %2$s AS day_of_start, toInt64(count()) AS rows
            FROM %1$s
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND %3$s
              AND %2$s BETWEEN {from:Date} AND {until:Date}
            GROUP BY day_of_start
            ORDER BY day_of_start DESC
            """;

    /**
     * A start that moved over midnight leaves older versions on the day beside, so both days beside are read too. The last condition is
     * checked where all shards' answers meet, so what is deleted has to be known there as well.
     */
    private static final String HITS = """
            SELECT
                toInt64(organization_id) AS organization,
                toInt64(argMax(link.project, link.of_version)) AS project,
                lower(hex(replay_id)) AS replay,
                toUnixTimestamp64Milli(min(link.started) AS first_start) AS started_ms,
                toInt64(count()) AS events,
                toInt64(countIf(link.of_kind = 1)) AS backend_errors,
                transform(max(link.of_severity), [5, 4, 3, 2, 1], ['fatal', 'error', 'warning', 'info', 'debug'], '') AS worst,
                toUnixTimestamp64Milli(min(link.at)) AS first_ms,
                toUnixTimestamp64Milli(max(link.at)) AS last_ms
            FROM (
                SELECT
                    organization_id,
                    replay_id,
                    argMax(
                        CAST((replay_project_id, replay_started_at, kind, severity, event_at, version, is_deleted),
                            'Tuple(project UInt64, started DateTime64(3, ''UTC''), of_kind UInt8, of_severity UInt8,
                                at DateTime64(3, ''UTC''), of_version UInt64, deleted UInt8)'),
                        version) AS link
                FROM %1$s
                WHERE organization_id IN {organizations:Array(UInt64)}
                  AND %3$s
                  AND %2$s BETWEEN {day_before:Date} AND {day_after:Date}
                GROUP BY organization_id, replay_id, event_id
                HAVING link.deleted = 0)
            GROUP BY organization_id, replay_id
            HAVING toDate(first_start) BETWEEN {from:Date} AND {until:Date}
               AND ({any_replay_project:UInt8} OR project = {replay_project:Int64})
               AND started_ms >= {since_ms:Int64}
               AND (started_ms < {before_ms:Int64} OR started_ms = {before_ms:Int64} AND replay > {after_id:String})
               AND (unhex(replay), project) GLOBAL NOT IN (
                   SELECT toString(replay_id), toInt64(project_id)
                   FROM replays
                   WHERE organization_id IN {with_unknown:Array(UInt64)}
                     AND day BETWEEN {day_before:Date} AND {day_after:Date}
                     AND archived = 1)
            ORDER BY started_ms DESC, replay
            LIMIT {limit:UInt32}
            """;

    private final TableReader tables;
    private final List<Long> organizations;
    private final Filter filter;
    private final Key key;

    /**
     * @param table that has the links in this order
     * @param day of the replay's start, in its words
     * @param byDay whether that stands in its order; else all of a key is read at once
     * @param condition on the key
     * @param ofReplays whether the project of a filter is that of replays; else the condition asks for it
     * @param values of the condition, anew each time
     */
    record Key(
            String table,
            String day,
            boolean byDay,
            String condition,
            boolean ofReplays,
            Supplier<Parameters> values) {}

    ByKey(TableReader tables, List<Long> organizations, Filter filter, Key key) {
        this.tables = tables;
        this.organizations = organizations;
        this.filter = filter;
        this.key = key;
    }

    Page<ReplayHit> page() {
        return DayWalk.page(days(), filter.limit(), this::hits);
    }

    private List<DayWalk.Day> days() {
        if (!key.byDay()) {
            return List.of(new DayWalk.Day(Days.FIRST, Days.LAST, 1));
        }
        LocalDate until =
                filter.after() == null ? Days.LAST : Lives.day(filter.after().at());
        return tables.rows(
                "looking for replays",
                sql(DAYS),
                parameters(filter.firstDay(), until).values(),
                DayWalk.Day::of);
    }

    private List<ReplayHit> hits(LocalDate from, LocalDate until, int limit) {
        Cursor after = filter.after();
        Long project = key.ofReplays() ? filter.project() : null;
        Parameters parameters = parameters(from, until)
                .unsigned("with_unknown", Lives.withUnknown(organizations))
                .text("day_before", Days.text(from.minusDays(1)))
                .text("day_after", Days.text(until.plusDays(1)))
                .number("any_replay_project", project == null ? 1 : 0)
                .number("replay_project", project == null ? 0 : project)
                .number("since_ms", filter.sinceMs())
                .number("before_ms", after == null ? Long.MAX_VALUE : after.timeMs())
                .text("after_id", after == null ? "" : after.id())
                .number("limit", limit);
        return tables.rows("looking for replays", sql(HITS), parameters.values(), ReplayHit::of);
    }

    private String sql(String text) {
        return text.formatted(key.table(), key.day(), key.condition());
    }

    private Parameters parameters(LocalDate from, LocalDate until) {
        return key.values()
                .get()
                .unsigned("organizations", organizations)
                .text("from", Days.text(from))
                .text("until", Days.text(until));
    }
}
