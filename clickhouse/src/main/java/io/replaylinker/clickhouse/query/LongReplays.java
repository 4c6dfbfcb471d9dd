package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds replays by length, optionally only those with a linked backend error. A replay may have rows on two days when its start moved over
 * midnight. Each step therefore reads one more day on both sides and returns the replays that started within its range.
 *
 * <p>What table replays holds about links only grows. It therefore serves as an index: the lookup yields candidates, which are verified
 * against the current links.
 */
final class LongReplays {

    /** Some candidates fail the verification, so a few more are read than are needed. */
    private static final int FEWEST_AT_ONCE = 16;

    private static final String DAYS = """
            SELECT day AS day_of_start, count() AS rows
            FROM replays
            WHERE organization_id IN {with_unknown:Array(UInt64)}
              %sAND day BETWEEN {from:Date} AND {until:Date}
            GROUP BY day
            ORDER BY day DESC
            """;

    private static final String CANDIDATES = ReplayStates.COLUMNS + """
            WHERE organization_id IN {with_unknown:Array(UInt64)}
              %sAND day BETWEEN {day_before:Date} AND {day_after:Date}
            GROUP BY replay_id, project_id
            HAVING %s
               AND organization IN {organizations:Array(UInt64)}
               AND deleted = 0
               AND bitAnd(groupBitOr(kinds), {kinds:UInt8}) = {kinds:UInt8}
               AND dateDiff('millisecond', started, last_seen) >= {min_ms:Int64}
            ORDER BY started DESC, replay_id
            LIMIT {limit:UInt32}
            """;

    private static final String OF_PROJECT = "AND project_id = {project:UInt64} ";

    /** The server merges the links if there are more than this. */
    private static final int FEW = 5_000;

    private static final String OF_REPLAYS = """
            PREWHERE %s
              AND replay_id IN {replays:Array(FixedString(16))}
            """;

    /** All versions of a link to such a replay lie within these days. The engine skips the parts without any of them. */
    private static final String FEW_LINKS = LinkRow.COLUMNS + "FROM replay_links\n" + OF_REPLAYS + """
            WHERE toDate(replay_started_at) BETWEEN {from:Date} AND {until:Date}
            LIMIT {limit:UInt32}
            """;

    /** The versions of a link share the columns of the sorting key, so these columns may be read before versions are merged. */
    private static final String MANY_LINKS =
            ReplayHit.COLUMNS + """
                argMax(replay_project_id, version) AS project
            FROM replay_links FINAL
            """ + OF_REPLAYS + "GROUP BY organization_id, replay_id";

    private final TableReader tables;
    private final List<Long> organizations;
    private final ReplayCriteria criteria;
    private final Filter filter;
    private final Clock clock;

    LongReplays(TableReader tables, List<Long> organizations, ReplayCriteria criteria, Filter filter, Clock clock) {
        this.tables = tables;
        this.organizations = organizations;
        this.criteria = criteria;
        this.filter = filter;
        this.clock = clock;
    }

    Page<ReplayHit> page() {
        LocalDate today = ReplayStates.day(clock.instant());
        LocalDate last = filter.lastDay().isBefore(today) ? filter.lastDay() : today;
        return new DayWalk(filter, this::hits).page(last.minusDays(1), filter.lastDay(), this::days);
    }

    private List<DayWalk.Day> days(LocalDate until) {
        return tables.rows(
                "looking for replays",
                DAYS.formatted(ofProject()),
                filed().text("from", Days.text(filter.firstDay()))
                        .text("until", Days.text(until))
                        .values(),
                DayWalk.Day::of);
    }

    private List<ReplayHit> hits(LocalDate from, LocalDate until, int limit) {
        List<ReplayHit> found = new ArrayList<>();
        Cursor after = filter.after();
        while (found.size() < limit) {
            int wanted = Math.max(FEWEST_AT_ONCE, limit - found.size());
            List<KnownReplay> candidates = candidates(from, until, after, wanted);
            found.addAll(checked(candidates));
            if (candidates.size() < wanted) {
                break;
            }
            after = ReplayHit.without(candidates.get(wanted - 1)).place();
        }
        return found.subList(0, Math.min(limit, found.size()));
    }

    private List<KnownReplay> candidates(LocalDate from, LocalDate until, @Nullable Cursor after, int limit) {
        TimeRange range = TimeRange.of(from, until, filter, after);
        Parameters parameters = range.in(filed())
                .unsigned("organizations", organizations)
                .number("kinds", criteria.withBackendError() ? 1 : 0)
                .number("min_ms", criteria.minLength().toMillis())
                .number("limit", limit);
        return tables.rows(
                "looking for replays",
                CANDIDATES.formatted(ofProject(), range.condition()),
                parameters.values(),
                ReplayStates::knownReplay);
    }

    private List<ReplayHit> checked(List<KnownReplay> candidates) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        Map<Filed, ReplayHit> linked = linked(candidates).stream()
                .collect(Collectors.toMap(hit -> Filed.of(hit.replay()), Function.identity()));
        return candidates.stream()
                .map(replay -> linked.getOrDefault(Filed.of(replay), ReplayHit.without(replay))
                        .of(replay))
                .filter(hit -> !criteria.withBackendError() || hit.backendErrors() > 0)
                .toList();
    }

    /** Returns what is linked to the replays, by organization and replay. */
    private List<ReplayHit> linked(List<KnownReplay> replays) {
        Organizations through = new Organizations(ReplayStates.organizations(replays));
        Map<String, Object> values = through.in(ReplayStates.days(replays))
                .ids("replays", ReplayStates.ids(replays))
                .number("limit", FEW + 1L)
                .values();
        List<LinkRow> few =
                tables.rows("checking replays", FEW_LINKS.formatted(through.condition()), values, LinkRow::of);
        return few.size() <= FEW
                ? LinkRow.hits(few)
                : tables.rows("checking replays", MANY_LINKS.formatted(through.condition()), values, ReplayHit::of);
    }

    private String ofProject() {
        return filter.project() == null ? "" : OF_PROJECT;
    }

    private Parameters filed() {
        Parameters parameters = new Parameters().unsigned("with_unknown", ReplayStates.withUnknown(organizations));
        return filter.project() == null ? parameters : parameters.unsigned("project", filter.project());
    }

    /** Another organization may use the same replay id, and links count only for the project under which they are stored. */
    private record Filed(long organizationId, String id, long projectId) {

        static Filed of(KnownReplay replay) {
            return new Filed(replay.organizationId(), replay.replayId(), replay.projectId());
        }
    }
}
