package io.replaylinker.sinks.sentry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Encodes a link as Sentry's {@code event_link} message: an outer object whose {@code payload} is the JSON text of an inner one, as a list
 * of byte values. All times are whole seconds of the epoch, all ids 32 lower hex digits. {@code event_hash} is the MD5 of the event id's
 * text, written as a UUID, and makes the same event in the same replay one row.
 *
 * <p>A pure function of the link. {@code start_time} is the time at which both sides were known, so that a redelivery is the same message
 * byte for byte; Sentry's own producer takes it from its clock. {@code project_id} is the replay's project, so that the message joins the
 * replay's segments, which have that project.
 *
 * <p>Source of the format: Sentry's public schema {@code ingest-replay-events.v1} and what Sentry's own producer writes.
 */
final class EventLinkMessage {

    private static final JsonFactory JSON = new JsonFactory();

    /** The column in Sentry has 32 bits. */
    private static final long LAST_SECOND = 0xFFFF_FFFFL;

    /** The column in Sentry has 16 bits. */
    private static final int LAST_RETENTION_DAYS = 0xFFFF;

    private EventLinkMessage() {}

    /** Encodes the message. The event must have one of the five levels. */
    static byte[] of(Link link) throws IOException {
        byte[] payload = payload(link);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("type", "replay_event");
            json.writeNumberField("start_time", seconds(link.getLinkedAtMs()));
            json.writeStringField("replay_id", hex(link.getReplayId()));
            json.writeNumberField("project_id", link.getReplayProjectId());
            json.writeNullField("segment_id");
            json.writeNumberField(
                    "retention_days", Math.min(Math.max(link.getRetentionDays(), 1), LAST_RETENTION_DAYS));
            json.writeArrayFieldStart("payload");
            for (byte value : payload) {
                json.writeNumber(Byte.toUnsignedInt(value));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static byte[] payload(Link link) throws IOException {
        EventSummary event = link.getEvent();
        String eventId = hex(event.getEventId());
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("type", "event_link");
            json.writeStringField("replay_id", hex(link.getReplayId()));
            json.writeNumberField("timestamp", seconds(event.getTimestampMs()));
            json.writeStringField("event_hash", hash(eventId));
            json.writeStringField(EventLinkOutcome.level(event) + "_id", eventId);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** Not {@link UUID#nameUUIDFromBytes}, which overwrites six bits of the hash. */
    private static String hash(String eventId) {
        try {
            ByteBuffer md5 = ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(eventId.getBytes(US_ASCII)));
            return new UUID(md5.getLong(), md5.getLong()).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    private static long seconds(long ms) {
        return Math.min(Math.max(Math.floorDiv(ms, 1000L), 0), LAST_SECOND);
    }

    private static String hex(Id id) {
        return HexFormat.of().formatHex(id.bytes());
    }
}
