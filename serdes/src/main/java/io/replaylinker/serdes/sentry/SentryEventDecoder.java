package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ErrorDetail;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RejectionReason;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the topics {@code events}, {@code transactions} and {@code generic-events}: {@code [2, "insert", {event}, {state}]}, or another
 * operation on earlier events.
 *
 * <p>An insert becomes a value if it has an event id (128 bits of hex, not nil) and a project id above 0. All other fields are optional: a
 * field that is missing, null or of another type is null (organization: 0, type: {@code error}). {@code timestamp_ms} is the event's
 * {@code timestamp}, else {@code received}, else the outer {@code datetime}, else 0; for 0 the consumer uses the record's timestamp. The
 * tags {@code hasReplay} and {@code has_replay} and the trace context's fields of these names count when they are true or false, or text of
 * these values in any case; true wins. Texts are cut at 250 UTF-16 units, baggage at
 * {@link io.replaylinker.serdes.trace.Baggage#MAX_BYTES}, client spans after 64. Ids are passed on as written.
 *
 * <p>An insert whose {@code occurrence_data} has a numeric {@code type} is an issue-platform event. Its type is the kind of issue:
 * {@code feedback}, {@code rage_click}, {@code dead_click}, {@code hydration_error}, {@code performance}, {@code profile}, {@code cron},
 * {@code uptime}, {@code metric}, or {@code occurrence} for any other number. Client spans are those whose operation starts with
 * {@code http.client}, {@code grpc}, {@code rpc} or {@code queue.publish}, or whose kind is client or producer. Request headers may be an
 * object or pairs. Their values may be a text, a list, or a list as JSON in a text; several are joined by commas.
 *
 * <p>{@code tombstone_events} becomes tombstones of the distinct {@code event_ids} of {@code project_id}, in any spelling. Elements that
 * are not an id are left out. It is a control message if it has no project or no id. The same holds with an {@code old_primary_hash}, which
 * Sentry's reprocessing writes when it inserts the same event again.
 *
 * <p>{@code end_merge}, {@code end_unmerge} and {@code end_delete_groups} become changes of issues, or control messages if they have no
 * project or no issue.
 *
 * <p>A detailed decoder also reads {@link ErrorDetail} of everything but transactions, and the spans inside transactions, at most
 * {@value EventSpans#MAX_SPANS}. It reads no variables of frames, and neither bodies nor headers.
 *
 * <p>Source of the format: Sentry's public schema {@code events.v1} and its Kafka event stream. It uses no schema registry and never
 * throws. Thread-safe.
 */
public final class SentryEventDecoder implements RecordDecoder<BackendEvent> {

    private static final int VERSION = 2;
    private static final String INSERT = "insert";
    private static final String TOMBSTONES = "tombstone_events";

    /** The known operations. A metric label must not contain a value that a producer invents. */
    private static final Set<String> OPERATIONS = Set.of(
            "start_delete_groups",
            "end_delete_groups",
            "start_merge",
            "end_merge",
            "start_unmerge",
            "end_unmerge",
            "start_unmerge_hierarchical",
            "end_unmerge_hierarchical",
            "start_delete_tag",
            "end_delete_tag",
            TOMBSTONES,
            "replace_group",
            "exclude_groups");

    private final boolean detailed;

    /** A decoder of what linking needs. */
    public SentryEventDecoder() {
        this(false);
    }

    /** @param detailed whether to decode the details of errors and the spans inside transactions too */
    public SentryEventDecoder(boolean detailed) {
        this.detailed = detailed;
    }

    @Override
    public Decoded<BackendEvent> decode(String topic, Headers headers, byte @Nullable [] value) {
        return JsonReading.read(value, this::readMessage);
    }

    private Decoded<BackendEvent> readMessage(JsonCursor cursor) throws JsonException {
        if (!cursor.enterArray()) {
            return wrongShape("not an array");
        }
        long version = 0;
        String operation = null;
        PostProcessEvent event = null;
        EventTombstones tombstones = null;
        IssueChanges change = null;
        for (int i = 0; cursor.nextElement(); i++) {
            if (i == 0) {
                version = cursor.integer(0);
            } else if (i == 1) {
                operation = cursor.string();
            } else if (i == 2 && INSERT.equals(operation) && cursor.isObject()) {
                event = PostProcessEvent.read(cursor, detailed);
            } else if (i == 2 && TOMBSTONES.equals(operation)) {
                tombstones = EventTombstones.read(cursor);
            } else if (i == 2 && operation != null && IssueChanges.OPERATIONS.contains(operation)) {
                change = IssueChanges.read(cursor);
            } else {
                cursor.skip();
            }
        }
        if (version != VERSION) {
            return wrongShape("version");
        }
        if (tombstones != null) {
            return tombstones.toDecoded(TOMBSTONES);
        }
        return change == null || operation == null ? toDecoded(operation, event) : change.toDecoded(operation);
    }

    private static Decoded<BackendEvent> toDecoded(@Nullable String operation, @Nullable PostProcessEvent event) {
        if (operation == null) {
            return wrongShape("operation");
        }
        if (!operation.equals(INSERT)) {
            return Decoded.control(OPERATIONS.contains(operation) ? operation : "other");
        }
        return event == null ? wrongShape("event") : event.toDecoded();
    }

    private static Decoded<BackendEvent> wrongShape(String detail) {
        return Decoded.rejection(RejectionReason.WRONG_SHAPE, detail);
    }
}
