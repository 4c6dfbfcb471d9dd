package io.replaylinker.serdes.avro;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** One record of each kind with every field set, and the settings of a registry in memory. */
final class Samples {

    static final String EVENT_ID = "9f0c2a1be63d4f0a8d7e6c5b4a392817";
    static final String REPLAY_ID = "0b1c2d3e4f5a69788796a5b4c3d2e1f0";
    static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private Samples() {}

    /** Settings of a registry in memory that no other test knows. */
    static Map<String, Object> mock() {
        return Map.of("schema.registry.url", "mock://" + UUID.randomUUID());
    }

    static BackendEvent event() {
        return BackendEvent.newBuilder()
                .setEventId(EVENT_ID)
                .setOrganizationId(1)
                .setProjectId(42)
                .setType("error")
                .setTimestampMs(1_767_225_600_123L)
                .setReceivedMs(1_767_225_600_456L)
                .setLevel("fatal")
                .setPlatform("python")
                .setGroupId(7L)
                .setTransaction("/checkout/{id}")
                .setRelease("shop@1.2.3")
                .setEnvironment("prod")
                .setTraceId(TRACE_ID)
                .setSpanId("00f067aa0ba902b7")
                .setClientSpanIds(List.of("b7ad6b7169203331"))
                .setReplayId(REPLAY_ID)
                .setHasReplay(true)
                .setBaggage("sentry-trace_id=" + TRACE_ID + ",other=\u00e4\u6f22")
                .build();
    }

    static ReplaySegment segment() {
        return ReplaySegment.newBuilder()
                .setReplayId(REPLAY_ID)
                .setProjectId(43)
                .setSegmentId(0)
                .setReceivedMs(1_767_225_601_000L)
                .setTraceIds(List.of(TRACE_ID))
                .setReplayType("session")
                .build();
    }

    static Span span() {
        return Span.newBuilder()
                .setProjectId(42)
                .setTraceId(TRACE_ID)
                .setSpanId("00f067aa0ba902b7")
                .setParentSpanId("b7ad6b7169203331")
                .setIsSegment(true)
                .setName("GET /checkout")
                .setTimestampMs(1_767_225_600_123L)
                .build();
    }

    static Link link() {
        EventSummary event = EventSummary.newBuilder()
                .setEventId(id(EVENT_ID))
                .setOrganizationId(1)
                .setProjectId(42)
                .setType("error")
                .setLevel("error")
                .setTraceId(id(TRACE_ID))
                .setClientSpanIds(List.of(new SpanId(new byte[] {1, 2, 3, 4, 5, 6, 7, 8})))
                .setTimestampMs(1_767_225_600_123L)
                .setReceivedMs(1_767_225_600_456L)
                .setDurationMs(12L)
                .build();
        return Link.newBuilder()
                .setEvent(event)
                .setReplayId(id(REPLAY_ID))
                .setReplayProjectId(43)
                .setReplayStartedMs(1_767_225_590_000L)
                .setRetentionDays(90)
                .setMethod(Method.TRACE)
                .setConfidence(0.9)
                .setInSession(true)
                .setConfirmed(true)
                .setLinkedAtMs(1_767_225_602_000L)
                .setVersion(1)
                .build();
    }

    private static Id id(String hex) {
        return Objects.requireNonNull(Ids.parse(hex));
    }
}
