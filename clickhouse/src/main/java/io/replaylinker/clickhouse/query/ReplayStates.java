package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads replay states. A replay has one row per project that sent segments of it. It may have more rows under organization 0, from before
 * its own was known, or on the next day, after an earlier start arrived.
 */
final class ReplayStates {

    static final String COLUMNS = """
            SELECT
                lower(hex(replay_id)) AS replay,
                project_id,
                max(organization_id) AS organization,
                min(replays.started_at) AS started,
                max(replays.last_seen_at) AS last_seen,
                max(replays.last_segment_id) AS last_segment,
                max(replays.archived) AS deleted,
                max(replays.replay_type) AS type,
                max(replays.platform) AS of_platform,
                max(replays.release) AS of_release,
                max(replays.environment) AS of_environment
            FROM replays
            """;

    private static final String BY_PREFIX = COLUMNS + """
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND substring(replay_id, 1, 4) = {short:FixedString(4)}
              AND replay_id BETWEEN {first:FixedString(16)} AND {last:FixedString(16)}
            GROUP BY replay_id, project_id
            ORDER BY replay, project_id
            LIMIT 200
            """;

    private static final String OF = COLUMNS + """
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND project_id IN {projects:Array(UInt64)}
              AND day BETWEEN {from:Date} AND {until:Date}
              AND replay_id IN {replays:Array(FixedString(16))}
            GROUP BY replay_id, project_id
            """;

    private final TableReader tables;

    ReplayStates(TableReader tables) {
        this.tables = tables;
    }

    /** Returns the states of replays with the prefix, ordered by id, one per project with rows of the replay. */
    List<KnownReplay> of(List<Long> organizations, IdPrefix replay) {
        Parameters parameters = replay.in(new Parameters()).unsigned("organizations", withUnknown(organizations));
        return tables.rows("looking up a replay", BY_PREFIX, parameters.values(), ReplayStates::knownReplay);
    }

    /** Returns the states of the replays given by id, project and start, as links contain them. */
    List<KnownReplay> of(List<Long> organizations, List<KnownReplay> replays) {
        if (replays.isEmpty()) {
            return List.of();
        }
        Parameters parameters = days(replays)
                .unsigned("organizations", withUnknown(organizations))
                .unsigned(
                        "projects",
                        replays.stream().map(KnownReplay::projectId).distinct().toList())
                .ids("replays", ids(replays));
        return tables.rows("looking up replays", OF, parameters.values(), ReplayStates::knownReplay);
    }

    /** The days {@code from} and {@code until}, which enclose all rows of such replays: a start may have moved over midnight. */
    static Parameters days(List<KnownReplay> replays) {
        List<LocalDate> days =
                replays.stream().map(replay -> day(replay.startedAt())).sorted().toList();
        return new Parameters()
                .text("from", Days.text(days.get(0).minusDays(1)))
                .text("until", Days.text(days.get(days.size() - 1).plusDays(1)));
    }

    /** Returns the same hits, each with the state of its replay if known. */
    List<ReplayHit> with(List<Long> organizations, List<ReplayHit> hits) {
        List<KnownReplay> known =
                of(organizations, hits.stream().map(ReplayHit::replay).toList());
        return hits.stream()
                .map(hit -> find(known, hit.replay().replayId(), hit.replay().projectId())
                        .map(hit::of)
                        .orElse(hit))
                .toList();
    }

    /** Finds the state of that replay and project. */
    static Optional<KnownReplay> find(List<KnownReplay> replays, String replayId, long projectId) {
        return replays.stream()
                .filter(replay -> replay.replayId().equals(replayId) && replay.projectId() == projectId)
                .findFirst();
    }

    /** Returns the most complete of a replay's rows: with segments, with a known organization, the earliest. */
    static KnownReplay best(List<KnownReplay> replays) {
        return replays.stream()
                .min(Comparator.comparing((KnownReplay replay) -> replay.segments() == 0)
                        .thenComparing(replay -> replay.organizationId() == 0)
                        .thenComparing(KnownReplay::startedAt))
                .orElseThrow();
    }

    /** The distinct replay ids. */
    static List<String> ids(List<KnownReplay> replays) {
        return replays.stream().map(KnownReplay::replayId).distinct().toList();
    }

    /** The distinct organizations. */
    static List<Long> organizations(List<KnownReplay> replays) {
        return replays.stream().map(KnownReplay::organizationId).distinct().toList();
    }

    static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    static List<Long> withUnknown(List<Long> organizations) {
        List<Long> all = new ArrayList<>(organizations);
        if (!all.contains(0L)) {
            all.add(0L);
        }
        return all;
    }

    static KnownReplay knownReplay(TableRow row) {
        Instant lastSeen = row.timestamp("last_seen");
        return new KnownReplay(
                row.text("replay"),
                row.number("organization"),
                row.number("project_id"),
                row.timestamp("started"),
                Duration.between(Instant.EPOCH, lastSeen).isZero() ? null : lastSeen,
                Math.toIntExact(row.number("last_segment") + 1),
                row.number("deleted") == 1,
                row.text("type"),
                row.text("of_platform"),
                row.text("of_release"),
                row.text("of_environment"));
    }
}
