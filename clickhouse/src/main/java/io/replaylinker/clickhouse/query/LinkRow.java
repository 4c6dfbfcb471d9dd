package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A version of a link with the columns that decide a replay's place in a result.
 *
 * @param version unsigned
 * @param deleted whether this version retracts the link
 */
record LinkRow(
        long organizationId,
        String replayId,
        String eventId,
        boolean occurrence,
        long replayProjectId,
        Instant replayStartedAt,
        long kind,
        long severity,
        Instant eventAt,
        long version,
        boolean deleted) {

    /** The columns to select. They are selected unchanged, because each SQL function adds to the time that the server takes to plan. */
    static final String COLUMNS = """
            SELECT
                organization_id,
                hex(replay_id) AS replay,
                hex(event_id) AS event,
                occurrence,
                replay_project_id,
                replay_started_at,
                kind,
                severity,
                event_at,
                version,
                is_deleted
            """;

    private static final int BACKEND_ERROR = 1;

    private static final Comparator<LinkRow> AGE =
            Comparator.comparing(LinkRow::version, Long::compareUnsigned).thenComparing(LinkRow::deleted);

    static LinkRow of(TableRow row) {
        return new LinkRow(
                row.number("organization_id"),
                row.id("replay"),
                row.id("event"),
                row.number("occurrence") == 1,
                row.number("replay_project_id"),
                row.timestamp("replay_started_at"),
                row.number("kind"),
                row.number("severity"),
                row.timestamp("event_at"),
                row.number("version"),
                row.number("is_deleted") == 1);
    }

    /** The day on which the replay started. */
    LocalDate day() {
        return ReplayStates.day(replayStartedAt);
    }

    /** Merges rows into hits, in no order. The latest version of each link counts, and a retracted link is left out. */
    static List<ReplayHit> hits(Collection<LinkRow> rows) {
        Map<Link, LinkRow> newest = rows.stream()
                .collect(Collectors.toMap(
                        row -> new Link(row.organizationId, row.replayId, row.eventId, row.occurrence),
                        Function.identity(),
                        BinaryOperator.maxBy(AGE)));
        return newest.values().stream()
                .filter(row -> !row.deleted)
                .collect(Collectors.groupingBy(row -> new ReplayKey(row.organizationId, row.replayId)))
                .values()
                .stream()
                .map(LinkRow::hit)
                .toList();
    }

    private static ReplayHit hit(List<LinkRow> links) {
        LinkRow last = links.stream().max(AGE).orElseThrow();
        return new ReplayHit(
                KnownReplay.fromLinks(
                        last.replayId,
                        last.organizationId,
                        last.replayProjectId,
                        earliest(links, LinkRow::replayStartedAt)),
                links.size(),
                links.stream().filter(link -> link.kind == BACKEND_ERROR).count(),
                Codes.level(links.stream().mapToLong(LinkRow::severity).max().orElseThrow()),
                earliest(links, LinkRow::eventAt),
                links.stream()
                        .map(LinkRow::eventAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                List.of());
    }

    private static Instant earliest(List<LinkRow> links, Function<LinkRow, Instant> time) {
        return links.stream().map(time).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** The identity of a link, of which there may be several versions. */
    private record Link(long organizationId, String replayId, String eventId, boolean occurrence) {}
}
