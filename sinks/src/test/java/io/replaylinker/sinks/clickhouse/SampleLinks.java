package io.replaylinker.sinks.clickhouse;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.SpanId;
import java.nio.ByteBuffer;

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

    /** That link taken back, a version later. */
    static Link retracted(long number) {
        return builder(number).setVersion(2).setDeleted(true).build();
    }

    /** The replays that links of the samples go to, three to each. */
    private static Id replay(long number) {
        return id(0xABCD_0000_0000_0000L + (number << 32));
    }

    static Id id(long number) {
        return new Id(ByteBuffer.allocate(16).putLong(number).putLong(~number).array());
    }

    static SpanId spanId(long number) {
        return new SpanId(ByteBuffer.allocate(8).putLong(number).array());
    }
}
