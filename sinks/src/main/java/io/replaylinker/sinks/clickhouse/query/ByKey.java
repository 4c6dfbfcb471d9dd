package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Replays of an issue or a transaction: nominated by a table whose key begins with it and goes on with the day. */
final class ByKey implements Nomination {

    private static final String CANDIDATES = """
            SELECT
                toInt64(organization_id) AS organization,
                toInt64(max(replay_project_id)) AS project,
                lower(hex(replay_id)) AS replay,
                toUnixTimestamp64Milli(min(started_at)) AS started_ms
            FROM %s
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND %s
              AND day BETWEEN {from:Date} AND {until:Date}
            GROUP BY organization_id, day, replay_id
            HAVING started_ms >= {since_ms:Int64}
               AND (started_ms < {before_ms:Int64} OR started_ms = {before_ms:Int64} AND replay > {after_id:String})
            ORDER BY started_ms DESC, replay
            LIMIT {limit:UInt32}
            """;

    private static final String NEWEST_DAY = """
            SELECT max(day) AS newest, count() AS rows
            FROM %s
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND %s
              AND day <= {until:Date}
            """;

    private final TableReader tables;
    private final List<Long> organizations;
    private final Filter filter;
    private final Key key;
    private final Check check;

    /**
     * @param table that nominates
     * @param nominates condition on it
     * @param holds the same condition on the links, beginning with AND
     * @param values of both, anew each time
     */
    record Key(String table, String nominates, String holds, Supplier<Parameters> values) {}

    ByKey(TableReader tables, List<Long> organizations, Filter filter, Key key) {
        this.tables = tables;
        this.organizations = organizations;
        this.filter = filter;
        this.key = key;
        this.check = new Check(tables, organizations);
    }

    @Override
    public List<Candidate> candidates(LocalDate from, LocalDate until, @Nullable Cursor after, int limit) {
        Parameters parameters = key.values()
                .get()
                .unsigned("organizations", organizations)
                .text("from", Days.text(from))
                .text("until", Days.text(until))
                .number("since_ms", filter.sinceMs())
                .number("before_ms", after == null ? Long.MAX_VALUE : after.timeMs())
                .text("after_id", after == null ? "" : after.id())
                .number("limit", limit);
        String sql = CANDIDATES.formatted(key.table(), key.nominates());
        return tables.rows("looking for replays", sql, parameters.values(), Candidate::of);
    }

    @Override
    public Optional<LocalDate> newestDay(LocalDate until) {
        Parameters parameters =
                key.values().get().unsigned("organizations", organizations).text("until", Days.text(until));
        String sql = NEWEST_DAY.formatted(key.table(), key.nominates());
        return tables.rows("looking for replays", sql, parameters.values(), Days::newest).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * A replay whose start moved over midnight has a row on both days. It is told with the day on which it started by what is linked now,
     * and so once.
     */
    @Override
    public List<Checked> checked(List<Candidate> candidates) {
        Check.Hits hits = check.links(candidates, key.holds(), key.values().get());
        return check.withLives(candidates.stream()
                .flatMap(candidate -> hits.of(candidate).map(hit -> new Checked(candidate, hit)).stream())
                .filter(checked -> Lives.day(checked.candidate().startedAt())
                        .equals(Lives.day(checked.hit().replay().startedAt())))
                .toList());
    }
}
