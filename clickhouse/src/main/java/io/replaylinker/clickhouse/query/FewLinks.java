package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The newest links of a key, as few as are cheap to read unmerged. They are merged in the client. Most keys have no more links than that.
 * With so few rows the server spends most of its time on planning, and a simpler query needs less of it.
 */
final class FewLinks {

    /** Rows to read per replay of a page. The oldest two days among these rows are not used, because their links may be incomplete. */
    private static final int ROWS_A_REPLAY = 3;

    private static final int SMALL_PAGE = 100;

    /** Number of deleted replays above which the server filters them. */
    private static final int MOST_DELETED = 5_000;

    private static final String ROWS = LinkRow.COLUMNS + """
            FROM %s
            WHERE %s
              AND %s
            """;

    private static final String WITHIN = "  AND %s BETWEEN {day_before:Date} AND {day_after:Date}\n";

    private static final String NEWEST_DAY_FIRST = "ORDER BY %s DESC\n";

    /** So few rows are read faster in one step than with the columns of the condition first. */
    private static final String LIMIT = "LIMIT {limit:UInt32} SETTINGS optimize_move_to_prewhere = 0";

    private static final String DELETED = """
            SELECT hex(replay_id) AS replay, project_id
            FROM archived_replays
            WHERE organization_id IN {with_unknown:Array(UInt64)}
              AND day BETWEEN {day_before:Date} AND {day_after:Date}
            LIMIT {limit:UInt32}
            """;

    private static final Comparator<KnownReplay> NEWEST_FIRST =
            Comparator.comparing(KnownReplay::startedAt).reversed().thenComparing(KnownReplay::replayId);

    private final TableReader tables;
    private final ParallelQueries queries;
    private final Scope scope;
    private final Filter filter;
    private final int most;

    /** @param most rows to read */
    FewLinks(TableReader tables, ParallelQueries queries, Scope scope, Filter filter, int most) {
        this.tables = tables;
        this.queries = queries;
        this.scope = scope;
        this.filter = filter;
        this.most = most;
    }

    /** Returns how many rows are worth reading for a page. */
    static int rows(int limit) {
        return ROWS_A_REPLAY * Math.max(SMALL_PAGE, limit);
    }

    /**
     * The part of a result that these links determine.
     *
     * @param hits the first hits, newest first; any later hit started on an earlier day than all of them
     * @param isAll whether there are no more hits
     * @param newest no replay of the result started on a later day
     */
    record Found(List<ReplayHit> hits, boolean isAll, LocalDate newest) {}

    Found of(ByKey.Key key) {
        TimeRange range = TimeRange.of(filter.firstDay(), filter.lastDay(), filter, filter.after());
        Supplier<List<Replay>> deleted = scope.archived() ? queries.submit(() -> deleted(range)) : List::of;
        List<LinkRow> rows = rows(key, range);
        List<Replay> gone = deleted.get();
        boolean isAll = rows.size() <= most;
        LocalDate newest = key.byDay() ? newest(rows) : filter.lastDay();
        if (gone.size() > MOST_DELETED || (!isAll && !key.byDay())) {
            return new Found(List.of(), false, newest);
        }
        TimeRange whole = isAll ? range : range.from(wholeSince(rows));
        Set<Replay> leftOut = new HashSet<>(gone);
        List<ReplayHit> hits = LinkRow.hits(rows).stream()
                .filter(hit -> whole.holds(hit.replay()))
                .filter(hit -> !leftOut.contains(
                        new Replay(hit.replay().replayId(), hit.replay().projectId())))
                .filter(hit -> !key.ofReplays() || isOfProject(hit.replay()))
                .sorted(Comparator.comparing(ReplayHit::replay, NEWEST_FIRST))
                .toList();
        return new Found(hits, isAll, newest);
    }

    /** The oldest of the days is incomplete, and versions of a link may lie a day apart. */
    private static LocalDate wholeSince(List<LinkRow> rows) {
        return rows.get(rows.size() - 1).day().plusDays(2);
    }

    private LocalDate newest(List<LinkRow> rows) {
        return rows.isEmpty() || rows.get(0).day().isAfter(filter.lastDay())
                ? filter.lastDay()
                : rows.get(0).day();
    }

    private boolean isOfProject(KnownReplay replay) {
        return filter.project() == null || filter.project() == replay.projectId();
    }

    private List<LinkRow> rows(ByKey.Key key, TimeRange range) {
        Organizations through = new Organizations(scope.linked());
        Parameters parameters = through.in(key.values().get()).number("limit", most + 1L);
        StringBuilder sql = new StringBuilder(ROWS.formatted(key.table(), through.condition(), key.condition()));
        if (key.byDay() && !filter.isOpenInTime()) {
            sql.append(WITHIN.formatted(key.day()));
            range.days(parameters);
        }
        if (key.byDay()) {
            sql.append(NEWEST_DAY_FIRST.formatted(key.day()));
        }
        return tables.rows("looking for replays", sql.append(LIMIT).toString(), parameters.values(), LinkRow::of);
    }

    private List<Replay> deleted(TimeRange range) {
        return tables.rows(
                "looking for deleted replays",
                DELETED,
                range.days(new Parameters())
                        .unsigned("with_unknown", ReplayStates.withUnknown(scope.linked()))
                        .number("limit", MOST_DELETED + 1L)
                        .values(),
                row -> new Replay(row.id("replay"), row.number("project_id")));
    }

    private record Replay(String id, long projectId) {}
}
