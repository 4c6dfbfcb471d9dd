package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.SpanId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the current links from the tables, including retracted ones: a new version of a link needs a number above the stored one. */
public final class CurrentLinks {

    /** Without FINAL, which would hide retracted links. */
    private static final String LATEST = """
            SELECT
                toInt64(organization_id) AS organization,
                lower(hex(replay_id)) AS replay,
                lower(hex(trace_id)) AS trace,
                lower(hex(event_id)) AS event,
                occurrence,
                toInt64(replay_project_id) AS replay_project,
                toUnixTimestamp64Milli(replay_started_at) AS started_ms,
                retention_days,
                toInt64(event_project_id) AS project,
                event_type,
                level,
                toUnixTimestamp64Milli(event_at) AS event_ms,
                toUnixTimestamp64Milli(received_at) AS received_ms,
                toInt64(group_id) AS issue,
                `transaction`,
                lower(hex(span_id)) AS span,
                lower(hex(parent_span_id)) AS parent_span,
                arrayStringConcat(arrayMap(id -> lower(hex(id)), client_span_ids), ',') AS client_spans,
                lower(hex(profile_id)) AS profile,
                op,
                status,
                duration_ms,
                platform,
                release,
                environment,
                method,
                confidence,
                in_session,
                confirmed,
                toUnixTimestamp64Milli(linked_at) AS linked_ms,
                toInt64(version) AS latest_version,
                toInt64(is_deleted) AS retracted
            FROM replay_links
            WHERE received_at >= fromUnixTimestamp64Milli({from_ms:Int64}, 'UTC')
              AND received_at <= fromUnixTimestamp64Milli({to_ms:Int64}, 'UTC')
            ORDER BY version DESC, is_deleted DESC
            LIMIT 1 BY organization_id, replay_id, trace_id, event_id, occurrence
            """;

    private static final HexFormat HEX = HexFormat.of();

    private final TableReader tables;

    public CurrentLinks(TableReader tables) {
        this.tables = tables;
    }

    /**
     * Reads the latest version of each link of the events that were received in the time range.
     *
     * @param fromMs epoch milliseconds, inclusive
     * @param toMs epoch milliseconds, inclusive
     * @throws io.replaylinker.clickhouse.StorageException when the server cannot be reached or refuses
     */
    public List<Link> of(long fromMs, long toMs) {
        Parameters parameters = new Parameters().number("from_ms", fromMs).number("to_ms", toMs);
        return tables.rows("reading the current links", LATEST, parameters.values(), CurrentLinks::link);
    }

    /** Returns whether two links make the same row apart from their versions and the time at which both sides were known. */
    public static boolean alike(Link one, Link other) {
        return Arrays.equals(row(one), row(other));
    }

    /** Copies a link with another version. */
    public static Link copy(Link link, long version, boolean deleted) {
        Link copy = new Link();
        copy.setEvent(link.getEvent());
        copy.setReplayId(link.getReplayId());
        copy.setReplayProjectId(link.getReplayProjectId());
        copy.setReplayStartedMs(link.getReplayStartedMs());
        copy.setRetentionDays(link.getRetentionDays());
        copy.setMethod(link.getMethod());
        copy.setConfidence(link.getConfidence());
        copy.setInSession(link.getInSession());
        copy.setConfirmed(link.getConfirmed());
        copy.setLinkedAtMs(link.getLinkedAtMs());
        copy.setVersion(version);
        copy.setDeleted(deleted);
        return copy;
    }

    private static byte[] row(Link link) {
        Link plain = copy(link, 0, false);
        plain.setLinkedAtMs(0);
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        try {
            new LinkColumns().encode(plain, 0, row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return row.toByteArray();
    }

    private static Link link(TableRow row) {
        Link link = new Link();
        link.setEvent(event(row));
        link.setReplayId(new Id(HEX.parseHex(row.text("replay"))));
        link.setReplayProjectId(row.number("replay_project"));
        link.setReplayStartedMs(row.number("started_ms"));
        link.setRetentionDays((int) row.number("retention_days"));
        link.setMethod(method(row.text("method")));
        link.setConfidence(row.decimal("confidence"));
        link.setInSession(row.flag("in_session"));
        link.setConfirmed(row.flag("confirmed"));
        link.setLinkedAtMs(row.number("linked_ms"));
        link.setVersion(row.number("latest_version"));
        link.setDeleted(row.number("retracted") != 0);
        return link;
    }

    private static EventSummary event(TableRow row) {
        EventSummary event = new EventSummary();
        event.setEventId(new Id(HEX.parseHex(row.text("event"))));
        event.setOrganizationId(row.number("organization"));
        event.setProjectId(row.number("project"));
        event.setOccurrence(row.number("occurrence") == 1);
        event.setType(row.text("event_type"));
        event.setLevel(row.text("level"));
        event.setTraceId(id(row.text("trace")));
        event.setSpanId(span(row.text("span")));
        event.setParentSpanId(span(row.text("parent_span")));
        event.setClientSpanIds(Stream.of(row.text("client_spans").split(","))
                .filter(id -> !id.isEmpty())
                .map(id -> new SpanId(HEX.parseHex(id)))
                .toList());
        event.setProfileId(id(row.text("profile")));
        event.setTimestampMs(row.number("event_ms"));
        event.setReceivedMs(row.number("received_ms"));
        event.setDurationMs(row.numberOrNull("duration_ms"));
        long issue = row.number("issue");
        event.setGroupId(issue == 0 ? null : issue);
        event.setPlatform(text(row.text("platform")));
        event.setTransaction(text(row.text("transaction")));
        event.setOp(text(row.text("op")));
        event.setStatus(text(row.text("status")));
        event.setRelease(text(row.text("release")));
        event.setEnvironment(text(row.text("environment")));
        return event;
    }

    /** Returns the unknown method for a name that is no longer in use: a table keeps rows for as long as replays are kept. */
    static Method method(String text) {
        return Stream.of(Method.values())
                .filter(method -> method.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(Method.UNKNOWN);
    }

    private static @Nullable Id id(String hex) {
        return isNone(hex) ? null : new Id(HEX.parseHex(hex));
    }

    private static @Nullable SpanId span(String hex) {
        return isNone(hex) ? null : new SpanId(HEX.parseHex(hex));
    }

    private static boolean isNone(String hex) {
        return hex.chars().allMatch(digit -> digit == '0');
    }

    private static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }
}
