package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import io.replaylinker.sinks.clickhouse.TableRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is linked now to replays that a table nominated: a link that was taken back is none, and neither is one to a replay that a user
 * deleted, which the join takes back only as long as it remembers the replay.
 */
final class Check {

    private static final String START = """
            SELECT
                toInt64(organization_id) AS organization,
                toInt64(argMax(replay_project_id, linked_at)) AS project,
                lower(hex(replay_id)) AS replay,
                toUnixTimestamp64Milli(min(replay_started_at)) AS started_ms,
                count() AS events,
                countIf(kind = 1) AS backend_errors,
                transform(max(severity), [5, 4, 3, 2, 1], ['fatal', 'error', 'warning', 'info', 'debug'], '') AS worst,
                toUnixTimestamp64Milli(min(event_at)) AS first_ms,
                toUnixTimestamp64Milli(max(event_at)) AS last_ms
            FROM replay_links FINAL
            PREWHERE organization_id IN {organizations:Array(UInt64)}
              AND replay_id IN (SELECT toFixedString(unhex(arrayJoin({replays:Array(String)})), 16))
            WHERE 1
            """;

    private static final String END = """
            GROUP BY organization_id, replay_id
            """;

    private final TableReader tables;
    private final Lives lives;
    private final List<Long> organizations;

    Check(TableReader tables, List<Long> organizations) {
        this.tables = tables;
        this.lives = new Lives(tables);
        this.organizations = organizations;
    }

    /** The links of replays that fit a condition, which begins with AND, by replay. A replay without any is not in it. */
    Hits links(List<Candidate> candidates, String condition, Parameters parameters) {
        if (candidates.isEmpty()) {
            return new Hits(Map.of());
        }
        Map<String, Object> values = parameters
                .unsigned("organizations", organizations)
                .ids(
                        "replays",
                        candidates.stream().map(Candidate::replayId).distinct().toList())
                .values();
        Map<Key, ReplayHit> hits = new HashMap<>();
        tables.rows("checking replays", START + condition + END, values, Check::hit)
                .forEach(hit -> hits.put(Key.of(hit.replay()), hit));
        return new Hits(hits);
    }

    /** The same with their lives, without what a user deleted. */
    List<Nomination.Checked> withLives(List<Nomination.Checked> checked) {
        List<KnownReplay> known = lives.of(
                organizations, checked.stream().map(each -> each.hit().replay()).toList());
        return checked.stream()
                .map(each -> withLife(each, known))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Nomination.Checked> withLife(Nomination.Checked checked, List<KnownReplay> known) {
        KnownReplay replay = checked.hit().replay();
        KnownReplay life =
                Lives.find(known, replay.replayId(), replay.projectId()).orElse(replay);
        return life.archived()
                ? Optional.empty()
                : Optional.of(new Nomination.Checked(
                        checked.candidate(), checked.hit().of(life)));
    }

    private static ReplayHit hit(TableRow row) {
        Instant started = row.time("started_ms");
        return new ReplayHit(
                KnownReplay.fromLinks(row.text("replay"), row.number("organization"), row.number("project"), started),
                row.number("events"),
                row.number("backend_errors"),
                row.text("worst"),
                row.time("first_ms"),
                row.time("last_ms"),
                List.of());
    }

    /** What is linked, by replay. */
    record Hits(Map<Key, ReplayHit> byReplay) {

        Optional<ReplayHit> of(Candidate candidate) {
            return Optional.ofNullable(byReplay.get(Key.of(candidate)));
        }
    }

    /** Another organization may use the same id. */
    record Key(long organizationId, String replayId) {

        static Key of(KnownReplay replay) {
            return new Key(replay.organizationId(), replay.replayId());
        }

        static Key of(Candidate candidate) {
            return new Key(candidate.organizationId(), candidate.replayId());
        }
    }
}
