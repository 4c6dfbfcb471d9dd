package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.SpanId;
import java.nio.ByteBuffer;
import java.util.List;

/** Links for tests: the same number gives the same link. */
final class SampleLinks {

    /** 2026-03-04T05:06:07.890Z. */
    static final long START_MS = 1_772_600_767_890L;

    private SampleLinks() {}

    /** A link of the first version, with nothing optional in it. */
    static Link link(long number) {
        return builder(number).build();
    }

    static Link.Builder builder(long number) {
        return Link.newBuilder()
                .setEvent(event(number).build())
                .setReplayId(replay(number / 3))
                .setReplayProjectId(12)
                .setReplayStartedMs(START_MS)
                .setRetentionDays(90)
                .setMethod(Method.REPLAY_ID)
                .setConfidence(1.0)
                .setInSession(true)
                .setConfirmed(true)
                .setLinkedAtMs(START_MS + 60_000)
                .setVersion(1)
                .setDeleted(false);
    }

    static EventSummary.Builder event(long number) {
        return EventSummary.newBuilder()
                .setEventId(id(number))
                .setOrganizationId(1)
                .setProjectId(11)
                .setType("error")
                .setLevel("error")
                .setTimestampMs(START_MS + 10_000)
                .setReceivedMs(START_MS + 11_000);
    }

    /** A link with a value of its own in every field. */
    static Link fullLink() {
        return Link.newBuilder()
                .setEvent(event(7).setOrganizationId(-1)
                        .setProjectId(4_505_000_000_000_001L)
                        .setType("transaction")
                        .setLevel("info")
                        .setTraceId(id(0x1111))
                        .setSpanId(spanId(0x2222))
                        .setParentSpanId(spanId(0x3333))
                        .setClientSpanIds(List.of(spanId(0x4444), spanId(0x5555)))
                        .setProfileId(id(0x6666))
                        .setDurationMs(0L)
                        .setGroupId(77L)
                        .setPlatform("node")
                        .setTransaction("GET /prix/{id}?q='é\n\t\\")
                        .setOp("http.server")
                        .setStatus("internal_error")
                        .setRelease("shop@1.2.3")
                        .setEnvironment("production")
                        .build())
                .setReplayId(id(0x8888))
                .setReplayProjectId(12)
                .setReplayStartedMs(START_MS)
                .setRetentionDays(30)
                .setMethod(Method.TRACE)
                .setConfidence(0.6)
                .setInSession(false)
                .setConfirmed(true)
                .setLinkedAtMs(START_MS + 60_000)
                .setVersion(3)
                .setDeleted(false)
                .build();
    }

    /** That link taken back, a version later. */
    static Link retracted(long number) {
        return builder(number).setVersion(2).setDeleted(true).build();
    }

    /** The replays that links of the samples go to, three to each. */
    static Id replay(long number) {
        return id(replayNumber(number));
    }

    static String replayHex(long number) {
        return hex(replayNumber(number));
    }

    private static long replayNumber(long number) {
        return 0xABCD_0000_0000_0000L + (number << 32);
    }

    static Id id(long number) {
        return new Id(ByteBuffer.allocate(16).putLong(number).putLong(~number).array());
    }

    static SpanId spanId(long number) {
        return new SpanId(ByteBuffer.allocate(8).putLong(number).array());
    }

    static String hex(long number) {
        return String.format("%016x%016x", number, ~number);
    }
}
