package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
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
        error.setPlatform("python");
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
        error.setPlatform("javascript");
        return error;
    }

    /** A call of the API, a transaction; spans and parents by number, parent 0 for none. */
    public static BackendEvent call(int event, double seconds, int trace, int span, int parent) {
        BackendEvent call = error(event, seconds, trace);
        call.setType("transaction");
        call.setOp("http.server");
        return at(call, span, parent);
    }

    /** A page load of the web project, a transaction; the root of its trace. */
    public static BackendEvent page(int event, double seconds, int trace, int span) {
        BackendEvent page = frontend(event, seconds);
        page.setTraceId(id(trace));
        page.setType("transaction");
        page.setOp("pageload");
        return at(page, span, 0);
    }

    /** The event at this place of its trace; parent 0 for none. */
    public static BackendEvent at(BackendEvent event, int span, int parent) {
        event.setSpanId(span(span));
        event.setParentSpanId(parent == 0 ? null : span(parent));
        return event;
    }

    /** A readable id of a span: the number as 16 hex digits. */
    public static String span(int number) {
        return String.format("%016x", number);
    }

    /** A client span inside a segment of the API. */
    public static Span edge(double seconds, int trace, int span, int segment) {
        Span edge = new Span();
        edge.setOrganizationId(1);
        edge.setProjectId(API);
        edge.setTraceId(id(trace));
        edge.setSpanId(span(span));
        edge.setSegmentId(span(segment));
        edge.setKind("client");
        edge.setPlatform("python");
        edge.setStartTimestampMs(at(seconds));
        edge.setTimestampMs(at(seconds));
        edge.setReceivedMs(at(seconds));
        return edge;
    }

    /** A segment of the API: a call that came as a span; parent 0 for none. */
    public static Span segmentSpan(double seconds, int trace, int span, int parent) {
        Span segment = edge(seconds, trace, span, span);
        segment.setIsSegment(true);
        segment.setOp("http.server");
        segment.setParentSpanId(parent == 0 ? null : span(parent));
        return segment;
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
        segment.setErrorIds(List.of());
        segment.setRetentionDays(90);
        return segment;
    }
}
