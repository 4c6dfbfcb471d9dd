package io.replaylinker.benchmarks.workload;

import io.replaylinker.benchmarks.workload.SeededHash.Use;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Fills the workload's events and segments with the fields that real ones have: a shop of one organization. */
public final class WorkloadRecords {

    private static final long ORGANIZATION = 1;
    private static final int FRONTENDS = 3;
    private static final long FIRST_FRONTEND = 11;
    private static final int BACKENDS = 5;
    private static final long FIRST_BACKEND = 21;
    private static final int GROUPS = 5_000;
    private static final List<String> VERBS = List.of("GET", "POST", "PUT");
    private static final List<String> PLACES = List.of(
            "/",
            "/search",
            "/cart",
            "/cart/items",
            "/checkout",
            "/checkout/payment",
            "/account",
            "/account/orders",
            "/products",
            "/products/:id",
            "/products/:id/reviews",
            "/stock/:sku",
            "/api/v2/recommendations",
            "/api/v2/prices",
            "/login",
            "/logout");
    private static final List<String> LEVELS = List.of("error", "error", "error", "error", "warning", "info", "fatal");
    private static final List<String> PLATFORMS = List.of("node", "python", "java");

    private static final Map<String, String> SDKS = Map.of(
            "javascript", "sentry.javascript.browser",
            "node", "sentry.javascript.node",
            "python", "sentry.python.django",
            "java", "sentry.java.spring-boot");

    private final Workload workload;
    private final SeededHash hash;
    private final long startMs;

    public WorkloadRecords(Workload workload) {
        this(workload, Workload.START);
    }

    /** The same at another time, for what looks at the clock. */
    WorkloadRecords(Workload workload, Instant start) {
        this.workload = workload;
        this.hash = workload.hash();
        this.startMs = start.toEpochMilli();
    }

    /** The event with all its fields. Two of five are transactions. */
    public BackendEvent event(Occurrence at) {
        long number = at.number();
        BackendEvent event = new BackendEvent();
        event.setEventId(hash.id(Use.EVENT_ID, number));
        event.setOrganizationId(ORGANIZATION);
        boolean frontend = at.kind() == EventKind.EXPLICIT && at.ordinal() % 3 == 0;
        event.setProjectId(frontend ? frontend(at.replay()) : FIRST_BACKEND + hash.below(BACKENDS, Use.ROUTE, number));
        event.setReceivedMs(startMs + at.atMs());
        event.setTimestampMs(event.getReceivedMs() - 50 - hash.below(200, Use.SORT, number));
        String platform = frontend ? "javascript" : PLATFORMS.get(hash.below(PLATFORMS.size(), Use.ROUTE, number));
        event.setPlatform(platform);
        event.setSdk(SDKS.get(platform));
        event.setTransaction(route(number));
        event.setRelease(release(frontend ? "shop-web" : "shop-api", number));
        event.setEnvironment(environment(number));
        event.setSpanId(hash.spanId(Use.SPAN_ID, number));
        event.setParentSpanId(hash.spanId(Use.PARENT_SPAN_ID, number));
        setSort(event, frontend, number);
        setIds(event, at);
        return event;
    }

    private void setSort(BackendEvent event, boolean frontend, long number) {
        int sort = hash.below(100, Use.SORT, number);
        if (sort >= 40) {
            event.setType("error");
            event.setLevel(LEVELS.get(hash.below(LEVELS.size(), Use.GROUP, number)));
            event.setGroupId(1_000_000L + hash.below(GROUPS, Use.GROUP, number));
            event.setClientSpanIds(List.of());
            return;
        }
        event.setType("transaction");
        event.setStartTimestampMs(event.getTimestampMs() - 5 - hash.below(400, Use.GROUP, number));
        event.setOp(frontend ? "pageload" : "http.server");
        event.setOrigin(frontend ? "auto.pageload.browser" : "auto.http.server");
        event.setStatus(sort == 0 ? "internal_error" : "ok");
        event.setClientSpanIds(sort < 10 ? List.of(hash.spanId(Use.CLIENT_SPAN_ID, number)) : List.of());
    }

    private void setIds(BackendEvent event, Occurrence at) {
        switch (at.kind()) {
            case EXPLICIT -> {
                event.setReplayId(workload.replayId(at.replay()));
                event.setTraceId(workload.traceIdAt(at.replay(), at.atMs()));
            }
            case BY_TRACE -> event.setTraceId(workload.traceId(at.replay(), at.ordinal() % Workload.TRACES));
            case UNRELATED -> event.setTraceId(hash.id(Use.OWN_TRACE_ID, at.number()));
        }
    }

    /** The segment with all its fields. */
    public ReplaySegment segment(SegmentOccurrence at) {
        ReplaySegment segment = new ReplaySegment();
        segment.setReplayId(workload.replayId(at.replay()));
        segment.setProjectId(frontend(at.replay()));
        segment.setSegmentId(at.segment());
        segment.setReceivedMs(startMs + at.atMs());
        segment.setTimestampMs(segment.getReceivedMs() - 80);
        segment.setReplayStartMs(startMs + workload.startMs(at.replay()));
        segment.setReplayType("session");
        segment.setErrorIds(List.of());
        segment.setTraceIds(List.of(workload.tracesListed(at.replay(), at.segment())));
        segment.setIsArchived(false);
        segment.setRetentionDays(90);
        segment.setPlatform("javascript");
        segment.setRelease(release("shop-web", at.replay()));
        segment.setEnvironment(environment(at.replay()));
        return segment;
    }

    private static long frontend(int replay) {
        return FIRST_FRONTEND + replay % FRONTENDS;
    }

    private String route(long number) {
        return VERBS.get(hash.below(VERBS.size(), Use.GROUP, number)) + " "
                + PLACES.get(hash.below(PLACES.size(), Use.ROUTE, number));
    }

    private String release(String program, long number) {
        return program + "@1.24." + hash.below(4, Use.ROUTE, number);
    }

    private String environment(long number) {
        return hash.below(20, Use.SORT, number) == 0 ? "staging" : "production";
    }
}
