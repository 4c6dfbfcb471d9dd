package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.trace.Baggage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What holds for every answer of a decoder, whatever the bytes were. */
final class DecodedLaws {

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
            "tombstone_events",
            "replace_group",
            "exclude_groups",
            "event_link",
            "replay_actions",
            "replay_tap",
            "replay_viewed",
            "inner_span",
            "other");
    private static final Set<String> LONGER_TEXTS = Set.of("baggage");

    private DecodedLaws() {}

    static void check(Decoded<?> decoded) {
        if (decoded instanceof Decoded.Rejection<?> rejection) {
            // An exception here would be a bug that the safety net has caught.
            check(rejection.exceptionClass() == null, "caught " + rejection.exceptionClass());
        } else if (decoded instanceof Decoded.Control<?> control) {
            check(OPERATIONS.contains(control.operation()), "not a label: " + control.operation());
        } else if (decoded instanceof Decoded.Tombstones<?> tombstones) {
            check(OPERATIONS.contains(tombstones.operation()), "not a label: " + tombstones.operation());
            check(tombstones.malformedIds() >= 0, "malformed ids");
            check(
                    Set.copyOf(tombstones.eventIds()).size()
                            == tombstones.eventIds().size(),
                    "an event twice");
        } else if (decoded instanceof Decoded.Value<?> value) {
            checkValue(value.value());
        }
    }

    private static void checkValue(Object value) {
        try {
            // Encoding it shows that no field is null that must not be.
            if (value instanceof BackendEvent event) {
                checkEvent(event);
                event.toByteBuffer();
            } else if (value instanceof ReplaySegment segment) {
                checkSegment(segment);
                segment.toByteBuffer();
            } else if (value instanceof Span span) {
                checkSpan(span);
                span.toByteBuffer();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkEvent(BackendEvent event) {
        check(Ids.parse(event.getEventId()) != null, "event id");
        check(event.getProjectId() > 0, "project");
        check(event.getOrganizationId() >= 0, "organization");
        check(event.getTimestampMs() >= 0, "timestamp");
        check(event.getClientSpanIds().size() <= EventSpans.MAX_CLIENT_SPANS, "spans");
        check(event.getBaggage() == null || event.getBaggage().length() <= Baggage.MAX_BYTES, "baggage");
        checkTexts(event);
        event.getClientSpanIds().forEach(DecodedLaws::checkText);
    }

    private static void checkSegment(ReplaySegment segment) {
        check(Ids.parse(segment.getReplayId()) != null, "replay id");
        check(segment.getProjectId() > 0, "project");
        check(segment.getRetentionDays() > 0, "retention");
        check(
                segment.getSegmentId() == null || (segment.getSegmentId() >= 0 && segment.getSegmentId() <= 65_535),
                "segment");
        check(segment.getTraceIds().size() <= ReplayPayload.MAX_IDS, "traces");
        check(segment.getErrorIds().size() <= ReplayPayload.MAX_IDS, "errors");
        checkTexts(segment);
        segment.getTraceIds().forEach(DecodedLaws::checkText);
        segment.getErrorIds().forEach(DecodedLaws::checkText);
    }

    private static void checkSpan(Span span) {
        check(Ids.parse(span.getTraceId()) != null, "trace id");
        check(Ids.parseSpan(span.getSpanId()) != null, "span id");
        check(!span.getSpanId().equals(span.getParentSpanId()), "own parent");
        check(span.getProjectId() > 0, "project");
        check(span.getOrganizationId() >= 0, "organization");
        check(span.getIsSegment() || ClientOperations.isClient(span.getKind(), span.getOp()), "inner span");
        check(span.getBaggage() == null || span.getBaggage().length() <= Baggage.MAX_BYTES, "baggage");
        checkTexts(span);
    }

    private static void checkTexts(SpecificRecord value) {
        for (Schema.Field field : value.getSchema().getFields()) {
            if (value.get(field.pos()) instanceof String text && !LONGER_TEXTS.contains(field.name())) {
                checkText(text);
            }
        }
    }

    private static void checkText(@Nullable String text) {
        check(text != null && text.length() <= JsonCursor.MAX_TEXT, "text too long");
    }

    private static void check(boolean law, String broken) {
        if (!law) {
            throw new AssertionError(broken);
        }
    }
}
