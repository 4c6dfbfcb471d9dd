package io.replaylinker.sinks.sentry;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import java.nio.ByteBuffer;

/** Links for tests: the same number gives the same link. Replay r has the project 11, its events the project 22. */
final class SentryLinks {

    /** 2026-03-04T05:06:07.890Z. */
    static final long EVENT_MS = 1_772_600_767_890L;

    static final long REPLAY_PROJECT = 11;
    static final long EVENT_PROJECT = 22;

    private SentryLinks() {}

    /** A link by trace, of an error, that Sentry cannot make. */
    static Link byTrace(long event, long replay) {
        return builder(event, replay).build();
    }

    static Link withLevel(long event, long replay, String level) {
        return builder(event, replay)
                .setEvent(summary(event).setLevel(level).build())
                .build();
    }

    static Link.Builder builder(long event, long replay) {
        return Link.newBuilder()
                .setEvent(summary(event).build())
                .setReplayId(id(0xABCD_0000_0000_0000L + replay))
                .setReplayProjectId(REPLAY_PROJECT)
                .setReplayStartedMs(EVENT_MS - 60_000)
                .setRetentionDays(90)
                .setMethod(Method.TRACE)
                .setConfidence(0.9)
                .setInSession(true)
                .setConfirmed(true)
                .setLinkedAtMs(EVENT_MS + 5_000)
                .setVersion(1)
                .setDeleted(false);
    }

    static EventSummary.Builder summary(long event) {
        return EventSummary.newBuilder()
                .setEventId(id(event))
                .setOrganizationId(1)
                .setProjectId(EVENT_PROJECT)
                .setType("error")
                .setLevel("error")
                .setTimestampMs(EVENT_MS)
                .setReceivedMs(EVENT_MS + 1_000);
    }

    static Id id(long number) {
        return new Id(ByteBuffer.allocate(16).putLong(number).putLong(~number).array());
    }

    static String hex(long number) {
        return String.format("%016x%016x", number, ~number);
    }

    /** How a replay's id is written. */
    static String replayHex(long replay) {
        return hex(0xABCD_0000_0000_0000L + replay);
    }
}
