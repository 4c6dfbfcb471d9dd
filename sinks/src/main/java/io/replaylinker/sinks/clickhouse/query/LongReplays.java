package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replays by their length, and only those with an error of a backend if wanted. A replay may have rows on two days, when its start moved
 * over midnight, so each step reads a day more on both sides and tells what started within.
 */
final class LongReplays implements Nomination {

    private static final String CANDIDATES = """
            SELECT
                toInt64(max(organization_id)) AS organization,
                toInt64(project_id) AS project,
                lower(hex(replay_id)) AS replay,
                min(started_at) AS started,
                max(last_seen_at) AS last_seen,
                toUnixTimestamp64Milli(started) AS started_ms
            FROM replays
            WHERE organization_id IN {with_unknown:Array(UInt64)}
              AND ({any_project:UInt8} OR project_id = {project:UInt64})
              AND day BETWEEN {from:Date} - {margin:UInt8} AND {until:Date} + {margin:UInt8}
            GROUP BY replay_id, project_id
            HAVING toDate(started) BETWEEN {from:Date} AND {until:Date}
               AND max(organization_id) IN {organizations:Array(UInt64)}
               AND max(archived) = 0
               AND bitAnd(groupBitOr(kinds), {kinds:UInt8}) = {kinds:UInt8}
               AND toUnixTimestamp64Milli(last_seen) - started_ms >= {min_ms:Int64}
               AND started_ms >= {since_ms:Int64}
               AND (started_ms < {before_ms:Int64} OR started_ms = {before_ms:Int64} AND replay > {after_id:String})
            ORDER BY started_ms DESC, replay
            LIMIT {limit:UInt32}
            """;

    private static final String NEWEST_DAY = """
            SELECT max(day) AS newest, count() AS rows
            FROM replays
            WHERE organization_id IN {with_unknown:Array(UInt64)}
              AND ({any_project:UInt8} OR project_id = {project:UInt64})
              AND day <= {until:Date}
            """;

    private final TableReader tables;
    private final List<Long> organizations;
    private final ReplayCriteria criteria;
    private final Filter filter;

    LongReplays(TableReader tables, List<Long> organizations, ReplayCriteria criteria, Filter filter) {
        this.tables = tables;
        this.organizations = organizations;
        this.criteria = criteria;
        this.filter = filter;
    }

    @Override
    public List<Candidate> candidates(LocalDate from, LocalDate until, @Nullable Cursor after, int limit) {
        Parameters parameters = parameters(until)
                .text("from", Days.text(from))
                .number("margin", 1)
                .number("kinds", criteria.withBackendError() ? 1 : 0)
                .number("min_ms", criteria.minLength().toMillis())
                .number("before_ms", after == null ? Long.MAX_VALUE : after.timeMs())
                .text("after_id", after == null ? "" : after.id())
                .number("limit", limit);
        return tables.rows("looking for replays", CANDIDATES, parameters.values(), Candidate::of);
    }

    @Override
    public Optional<LocalDate> newestDay(LocalDate until) {
        return tables.rows("looking for replays", NEWEST_DAY, parameters(until).values(), Days::newest).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public List<Checked> checked(List<Candidate> candidates) {
        Check check = new Check(tables, organizations);
        Check.Hits hits = check.links(candidates, "", new Parameters());
        return check.withLives(candidates.stream()
                .flatMap(candidate -> hit(candidate, hits.of(candidate)).stream())
                .toList());
    }

    /** What is linked to it counts only in the project that the links file it under. */
    private Optional<Checked> hit(Candidate candidate, Optional<ReplayHit> linked) {
        KnownReplay replay = KnownReplay.fromLinks(
                candidate.replayId(), candidate.organizationId(), candidate.projectId(), candidate.startedAt());
        ReplayHit hit = linked.filter(found -> found.replay().projectId() == candidate.projectId())
                .orElseGet(() -> ReplayHit.without(replay));
        return criteria.withBackendError() && hit.backendErrors() == 0
                ? Optional.empty()
                : Optional.of(new Checked(candidate, hit));
    }

    private Parameters parameters(LocalDate until) {
        return Links.narrowed(organizations, filter)
                .unsigned("with_unknown", Lives.withUnknown(organizations))
                .text("until", Days.text(until));
    }
}
