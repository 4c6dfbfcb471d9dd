package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Events and segments for tests: one organization 1 with web project 11 and API project 22, on one day at ten o'clock. */
public final class Samples {

    public static final long TEN = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    public static final long WEB = 11;
    public static final long API = 22;

    private Samples() {}

    /** 10:00:00 plus so many seconds, epoch milliseconds. */
    public static long at(double seconds) {
        return TEN + Math.round(seconds * 1000);
    }

    /** A readable id: the number as 32 hex digits. */
    public static String id(int number) {
        return String.format("%032x", number);
    }

    /** An error of the API, received when it happened. */
    public static BackendEvent error(int event, double seconds) {
        BackendEvent error = new BackendEvent();
        error.setEventId(id(event));
        error.setOrganizationId(1);
        error.setProjectId(API);
        error.setType("error");
        error.setLevel("error");
        error.setTimestampMs(at(seconds));
        error.setReceivedMs(at(seconds));
        error.setClientSpanIds(List.of());
        return error;
    }

    public static BackendEvent error(int event, double seconds, int trace) {
        BackendEvent error = error(event, seconds);
        error.setTraceId(id(trace));
        return error;
    }

    public static BackendEvent named(BackendEvent event, int replay) {
        event.setReplayId(id(replay));
        return event;
    }

    public static BackendEvent flagged(BackendEvent event) {
        event.setHasReplay(true);
        return event;
    }

    /** An event of the web project, which tells that it belongs to organization 1. */
    public static BackendEvent frontend(int event, double seconds) {
        BackendEvent error = error(event, seconds);
        error.setProjectId(WEB);
        return error;
    }

    public static ReplaySegment segment(
            int replay, int number, double startedSeconds, double seenSeconds, int... traces) {
        ReplaySegment segment = new ReplaySegment();
        segment.setReplayId(id(replay));
        segment.setProjectId(WEB);
        segment.setSegmentId(number);
        segment.setReceivedMs(at(seenSeconds));
        segment.setTimestampMs(at(seenSeconds));
        segment.setReplayStartMs(at(startedSeconds));
        segment.setReplayType("session");
        segment.setTraceIds(Arrays.stream(traces).mapToObj(Samples::id).toList());
        segment.setRetentionDays(90);
        return segment;
    }
}
