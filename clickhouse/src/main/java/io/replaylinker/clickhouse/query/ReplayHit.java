package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replay that matches a query, with a summary of its linked events that match (of the issue, the transaction, the trace).
 *
 * @param events number of events
 * @param backendErrors number of backend errors among them
 * @param worstLevel fatal, error, warning, info or debug; empty when none of them is an error or message
 * @param firstEventAt null when there are none
 * @param lastEventAt null when there are none
 * @param first the earliest events; only for a trace, at most {@link #FIRST}
 */
public record ReplayHit(
        KnownReplay replay,
        long events,
        long backendErrors,
        String worstLevel,
        @Nullable Instant firstEventAt,
        @Nullable Instant lastEventAt,
        List<LinkedEvent> first) {

    /** The columns of a hit, computed from links by organization and replay. The project follows them. */
    static final String COLUMNS = """
            SELECT
                organization_id,
                lower(hex(replay_id)) AS replay,
                min(replay_started_at) AS started,
                count() AS events,
                countIf(kind = 1) AS backend_errors,
                max(severity) AS worst,
                min(event_at) AS first_event,
                max(event_at) AS last_event,
            """;

    /** Largest number of events in a replay of a trace. */
    public static final int FIRST = 50;

    public ReplayHit {
        first = List.copyOf(first);
    }

    /** Makes a hit without a replay state. */
    static ReplayHit of(TableRow row) {
        return new ReplayHit(
                KnownReplay.fromLinks(
                        row.text("replay"),
                        row.number("organization_id"),
                        row.number("project"),
                        row.timestamp("started")),
                row.number("events"),
                row.number("backend_errors"),
                Codes.level(row.number("worst")),
                row.timestamp("first_event"),
                row.timestamp("last_event"),
                List.of());
    }

    static ReplayHit without(KnownReplay replay) {
        return new ReplayHit(replay, 0, 0, "", null, null, List.of());
    }

    ReplayHit with(List<LinkedEvent> first) {
        return new ReplayHit(replay, events, backendErrors, worstLevel, firstEventAt, lastEventAt, first);
    }

    ReplayHit of(KnownReplay replay) {
        return new ReplayHit(replay, events, backendErrors, worstLevel, firstEventAt, lastEventAt, first);
    }

    /** The position in a result of replays. */
    Cursor place() {
        return new Cursor(Cursor.Order.REPLAYS, replay.startedAt().toEpochMilli(), replay.replayId());
    }
}
