package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches issues. The tables hold a row for each issue and hash with which errors were received; changes of issues are followed here, so
 * that rows of merged issues become one hit.
 */
final class IssueSearch {

    private static final int CANDIDATES = 500;
    private static final Duration OLDEST_BY_FRAMES = Duration.ofDays(26 * 7);

    private static final String LATEST = """
            SELECT
                organization_id,
                group_id,
                lower(hex(primary_hash)) AS hash,
                project_id,
                lower(hex(event_id)) AS event,
                lower(hex(trace_id)) AS trace,
                event_at,
                level,
                error_type,
                error_value,
                culprit,
                function,
                file,
                line,
                platform
            FROM issues FINAL
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND ({any_project:UInt8} OR project_id = {project:UInt64})
              AND %s
            ORDER BY event_at DESC, group_id, primary_hash, project_id
            LIMIT 1 BY organization_id, group_id, primary_hash, project_id
            LIMIT {limit:UInt32}
            """;

    private static final String BY_TEXT = """
            event_at >= {since:DateTime64(3, 'UTC')}
              AND (positionCaseInsensitiveUTF8(error_value, {text:String}) > 0
                   OR positionCaseInsensitiveUTF8(error_type, {text:String}) > 0
                   OR positionCaseInsensitiveUTF8(culprit, {text:String}) > 0)""";

    private static final String BY_TYPE = "event_at >= {since:DateTime64(3, 'UTC')} AND error_type = {text:String}";

    private static final String BY_FRAMES = """
            (organization_id, group_id, primary_hash, project_id) GLOBAL IN (
                      SELECT organization_id, group_id, primary_hash, project_id
                      FROM issue_frames
                      WHERE organization_id IN {organizations:Array(UInt64)}
                        AND ({any_function:UInt8} OR function = {function:String})
                        AND ({any_file:UInt8} OR file IN ({file:String}, {file1:String}, {file2:String}))
                        AND event_at >= {since:DateTime64(3, 'UTC')})""";

    private static final String BY_GROUPS = "group_id IN {groups:Array(UInt64)}";

    private static final String COUNTS = """
            SELECT
                group_id,
                lower(hex(primary_hash)) AS hash,
                project_id,
                min(first_seen_at) AS first_seen,
                max(last_seen_at) AS last_seen,
                uniqMerge(events) AS event_count
            FROM issue_counts
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND group_id IN {groups:Array(UInt64)}
            GROUP BY group_id, primary_hash, project_id
            """;

    private static final String REPLAYS = """
            SELECT
                group_id,
                uniqExact(replay_id) AS replays,
                lower(hex(argMax(replay_id, event_at))) AS latest,
                max(event_at) AS at
            FROM replays_by_issue FINAL
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND group_id IN {groups:Array(UInt64)}
              AND is_deleted = 0
              AND replay_id GLOBAL NOT IN (
                  SELECT replay_id FROM archived_replays WHERE organization_id IN {with_unknown:Array(UInt64)})
            GROUP BY group_id
            """;

    private static final String LAST_ERRORS = """
            SELECT DISTINCT lower(hex(trace_id)) AS trace, event_at, project_id, group_id, lower(hex(primary_hash)) AS hash
            FROM errors_by_issue
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND group_id IN {groups:Array(UInt64)}
            ORDER BY event_at DESC, trace
            LIMIT {limit:UInt32}
            """;

    private final TableReader tables;
    private final List<Long> organizations;
    private final Clock clock;

    IssueSearch(TableReader tables, List<Long> organizations, Clock clock) {
        this.tables = tables;
        this.organizations = organizations;
        this.clock = clock;
    }

    private record Row(
            long organizationId,
            long groupId,
            String hash,
            long projectId,
            String eventId,
            String traceId,
            Instant eventAt,
            String level,
            String type,
            String value,
            String culprit,
            String function,
            String file,
            long line,
            String platform) {}

    private record Counts(Instant first, Instant last, long events) {}

    private record Shown(long replays, String latest, Instant at) {}

    /** The newest issues that match, at most {@link IssueCriteria#MOST}. */
    List<IssueHit> find(IssueCriteria criteria, Filter filter) {
        Instant now = clock.instant();
        Parameters parameters = Links.ofProject(filter.project()).unsigned("organizations", organizations);
        String condition;
        if (criteria.byFrames()) {
            frames(criteria, parameters);
            parameters.time("since", since(filter, now, IssueCriteria.DAYS_OF_FRAMES));
            condition = BY_FRAMES;
        } else {
            String text = criteria.text() == null ? String.valueOf(criteria.type()) : criteria.text();
            parameters.text("text", text).time("since", since(filter, now, IssueCriteria.DAYS));
            condition = criteria.text() == null ? BY_TYPE : BY_TEXT;
        }
        List<Row> rows = rows(condition, parameters, CANDIDATES);
        List<IssueHit> hits = hits(rows, IssueCriteria.MOST);
        Instant oldest = now.minus(OLDEST_BY_FRAMES);
        return criteria.byFrames()
                ? hits.stream()
                        .filter(hit -> !hit.firstSeenAt().isBefore(oldest))
                        .toList()
                : hits;
    }

    /** One issue, by its number now or one that was merged into it. */
    List<IssueHit> of(long group) {
        Set<Long> groups = IssueChanges.of(tables, group).sources(group);
        return hits(
                rows(
                        BY_GROUPS,
                        Links.ofProject(null)
                                .unsigned("organizations", organizations)
                                .unsigned("groups", groups),
                        CANDIDATES),
                IssueCriteria.MOST);
    }

    /** The traces of the latest errors of an issue, or of the one it was merged into, newest first; none if it was deleted. */
    List<String> traces(long group, int most) {
        Set<String> traces = new LinkedHashSet<>();
        IssueChanges changes = IssueChanges.of(tables, group);
        long issue = changes.current(group, "");
        if (issue == IssueChanges.DELETED) {
            return List.of();
        }
        tables.rows(
                        "reading the errors of an issue",
                        LAST_ERRORS,
                        new Parameters()
                                .unsigned("organizations", organizations)
                                .unsigned("groups", changes.sources(issue))
                                .number("limit", most * 10L)
                                .values(),
                        row -> changes.current(row.number("project_id"), row.number("group_id"), row.text("hash"))
                                        == issue
                                ? Links.idOrEmpty(row.text("trace"))
                                : "")
                .forEach(traces::add);
        traces.remove("");
        return traces.stream().limit(most).toList();
    }

    private static Instant since(Filter filter, Instant now, int days) {
        Instant earliest = now.minus(Duration.ofDays(days));
        Instant since = filter.since();
        return since == null || since.isBefore(earliest) ? earliest : since;
    }

    /** Frames have a file's path as the repository has it, or without its first one or two folders. */
    private static void frames(IssueCriteria criteria, Parameters parameters) {
        String function = criteria.function();
        String file = criteria.file();
        String once = withoutFolder(file == null ? "" : file);
        parameters
                .number("any_function", function == null ? 1 : 0)
                .text("function", function == null ? "" : function)
                .number("any_file", file == null ? 1 : 0)
                .text("file", file == null ? "" : file)
                .text("file1", once)
                .text("file2", withoutFolder(once));
    }

    private static String withoutFolder(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        int slash = relative.indexOf('/');
        return slash < 0 ? path : relative.substring(slash + 1);
    }

    private List<Row> rows(String condition, Parameters parameters, int limit) {
        return tables.rows(
                "searching issues",
                LATEST.formatted(condition),
                parameters.number("limit", limit).values(),
                IssueSearch::row);
    }

    private List<IssueHit> hits(List<Row> rows, int most) {
        IssueChanges changes = IssueChanges.read(
                tables,
                rows.stream().map(Row::projectId).toList(),
                rows.stream().map(Row::eventId).toList());
        Map<String, Candidate> latest = new LinkedHashMap<>();
        for (Row row : rows) {
            long group = changes.current(row.projectId(), row.groupId(), row.hash());
            if (group != IssueChanges.DELETED && latest.size() < most) {
                latest.putIfAbsent(key(row.organizationId(), group), new Candidate(row, group));
            }
        }
        Set<Long> groups = new LinkedHashSet<>();
        Map<Long, Long> current = new HashMap<>();
        for (Candidate candidate : latest.values()) {
            for (long source : changes.sources(candidate.group())) {
                groups.add(source);
                current.putIfAbsent(source, candidate.group());
            }
        }
        if (groups.isEmpty()) {
            return List.of();
        }
        Map<Long, Counts> counts = counts(groups, changes);
        Map<Long, Shown> shown = shown(groups, current);
        List<IssueHit> hits = new ArrayList<>();
        for (Candidate candidate : latest.values()) {
            Row row = candidate.row();
            Counts count = counts.get(candidate.group());
            boolean onlyErrorIsDeleted =
                    changes.isDeleted(row.projectId(), row.eventId()) && (count == null || count.events() <= 1);
            if (!onlyErrorIsDeleted) {
                hits.add(hit(row, candidate.group(), count, shown.get(candidate.group())));
            }
        }
        return hits;
    }

    /** The latest row of an issue, with the issue that it is of now. */
    private record Candidate(Row row, long group) {}

    private static String key(long organization, long group) {
        return String.format(Locale.ROOT, "%d/%d", organization, group);
    }

    private Map<Long, Counts> counts(Set<Long> groups, IssueChanges changes) {
        Map<Long, Counts> counts = new HashMap<>();
        tables.rows(
                "counting the errors of issues",
                COUNTS,
                new Parameters()
                        .unsigned("organizations", organizations)
                        .unsigned("groups", groups)
                        .values(),
                row -> counts.merge(
                        changes.current(row.number("project_id"), row.number("group_id"), row.text("hash")),
                        new Counts(row.timestamp("first_seen"), row.timestamp("last_seen"), row.number("event_count")),
                        IssueSearch::sum));
        return counts;
    }

    private static Counts sum(Counts a, Counts b) {
        return new Counts(
                a.first().isBefore(b.first()) ? a.first() : b.first(),
                a.last().isAfter(b.last()) ? a.last() : b.last(),
                a.events() + b.events());
    }

    private Map<Long, Shown> shown(Set<Long> groups, Map<Long, Long> current) {
        Map<Long, Shown> shown = new HashMap<>();
        tables.rows(
                "counting the replays of issues",
                REPLAYS,
                new Parameters()
                        .unsigned("organizations", organizations)
                        .unsigned("with_unknown", ReplayStates.withUnknown(organizations))
                        .unsigned("groups", groups)
                        .values(),
                row -> shown.merge(
                        current.getOrDefault(row.number("group_id"), row.number("group_id")),
                        new Shown(row.number("replays"), row.text("latest"), row.timestamp("at")),
                        (a, b) -> a.at().isAfter(b.at())
                                ? new Shown(a.replays() + b.replays(), a.latest(), a.at())
                                : new Shown(a.replays() + b.replays(), b.latest(), b.at())));
        return shown;
    }

    private static IssueHit hit(Row row, long group, @Nullable Counts counts, @Nullable Shown shown) {
        return new IssueHit(
                row.organizationId(),
                group,
                row.projectId(),
                row.type(),
                row.value(),
                row.culprit(),
                row.level(),
                row.platform(),
                row.function(),
                row.file(),
                row.line(),
                counts == null ? row.eventAt() : counts.first(),
                counts == null ? row.eventAt() : counts.last(),
                counts == null ? 1 : counts.events(),
                shown == null ? 0 : shown.replays(),
                shown == null ? null : shown.latest(),
                row.eventId(),
                row.traceId());
    }

    private static Row row(TableRow row) {
        return new Row(
                row.number("organization_id"),
                row.number("group_id"),
                row.text("hash"),
                row.number("project_id"),
                row.text("event"),
                Links.idOrEmpty(row.text("trace")),
                row.timestamp("event_at"),
                row.text("level"),
                row.text("error_type"),
                row.text("error_value"),
                row.text("culprit"),
                row.text("function"),
                row.text("file"),
                row.number("line"),
                row.text("platform"));
    }
}
