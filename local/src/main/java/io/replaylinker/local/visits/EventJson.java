package io.replaylinker.local.visits;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An error or a transaction as Sentry's eventstream writes it: {@code [2, "insert", {event}, {state}]}. */
final class EventJson {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";

    private final String eventId;
    private final long organization;
    private final long project;
    private final String platform;
    private final long atMs;
    private String transaction = "/";
    private @Nullable Long startMs;
    private JsonText trace = new JsonText();
    private @Nullable String replayContext;
    private @Nullable String replayTag;
    private @Nullable JsonText user;
    private @Nullable Object headers;
    private List<JsonText> spans = List.of();

    EventJson(String eventId, long organization, long project, String platform, long atMs) {
        this.eventId = eventId;
        this.organization = organization;
        this.project = project;
        this.platform = platform;
        this.atMs = atMs;
    }

    EventJson named(String name, JsonText traceContext) {
        transaction = name;
        trace = traceContext;
        return this;
    }

    /** Makes it a transaction. */
    EventJson from(long start, List<JsonText> inner) {
        startMs = start;
        spans = inner;
        return this;
    }

    EventJson replay(@Nullable String context, @Nullable String tag) {
        replayContext = context;
        replayTag = tag;
        return this;
    }

    EventJson user(Names names) {
        user = names.json();
        return this;
    }

    /** The request's headers: a list of pairs, or an object as text. */
    EventJson headers(@Nullable Object request) {
        headers = request;
        return this;
    }

    String text(long receivedMs) {
        boolean error = startMs == null;
        JsonText event = new JsonText()
                .put("group_id", error ? group() : null)
                .put("group_ids", error ? List.of(group()) : List.of())
                .put("event_id", eventId)
                .put("organization_id", organization)
                .put("project_id", project)
                .put("message", "")
                .put("platform", platform)
                .put("datetime", DATE_TIME.format(Instant.ofEpochMilli(atMs)))
                .put("data", data(receivedMs))
                .put("primary_hash", "36004b7e6ab7362189c684884261ec70")
                .put("retention_days", 90)
                .put("occurrence_id", null)
                .put("occurrence_data", new JsonText());
        JsonText state = new JsonText()
                .put("is_new", false)
                .put("is_regression", false)
                .put("is_new_group_environment", false)
                .put("queue", error ? "post_process_errors" : "post_process_transactions")
                .put("skip_consume", false)
                .put("group_states", List.of());
        return JsonText.array(List.of(2, "insert", event, state));
    }

    private JsonText data(long receivedMs) {
        boolean error = startMs == null;
        JsonText contexts = new JsonText().put("trace", trace);
        if (replayContext != null) {
            contexts.put(
                    "replay", new JsonText().put("replay_id", replayContext).put("type", "replay"));
        }
        JsonText data = new JsonText()
                .put("event_id", eventId)
                .put("level", error ? "error" : "info")
                .put("platform", platform)
                .put("type", error ? "error" : "transaction")
                .put("transaction", transaction)
                .put("timestamp", seconds(atMs))
                .put("received", seconds(receivedMs))
                .put("release", platform.equals("javascript") ? "web@1" : "api@3")
                .put("environment", "prod")
                .put("contexts", contexts)
                .put("tags", tags())
                .putIf("user", user)
                .put("project", project)
                .put("version", "7");
        if (headers != null) {
            data.put(
                    "request",
                    new JsonText().put("url", "https://shop.example" + "/").put("headers", headers));
        }
        if (error) {
            JsonText exception = new JsonText().put("type", "Error").put("value", "cart is not there");
            return data.put("exception", new JsonText().put("values", List.of(exception)));
        }
        return data.put("start_timestamp", startMs == null ? null : seconds(startMs))
                .put("spans", spans);
    }

    private List<Object> tags() {
        List<Object> tags = new ArrayList<>();
        if (replayTag != null) {
            tags.add(List.of("replayId", replayTag));
        }
        tags.add(List.of("level", startMs == null ? "error" : "info"));
        tags.add(List.of("environment", "prod"));
        return tags;
    }

    private long group() {
        return 3_000_000 + project * 100 + transaction.length();
    }

    static JsonText traceContext(String trace, String span, @Nullable String parent, @Nullable String op) {
        return new JsonText()
                .putIf("parent_span_id", parent)
                .put("span_id", span)
                .put("trace_id", trace)
                .putIf("op", op)
                .put("status", op == null ? "unknown" : "ok")
                .put("type", "trace");
    }

    static JsonText innerSpan(String trace, String span, String parent, String op, long from, long to) {
        return new JsonText()
                .put("span_id", span)
                .put("parent_span_id", parent)
                .put("trace_id", trace)
                .put("op", op)
                .put("description", op)
                .put("start_timestamp", seconds(from))
                .put("timestamp", seconds(to))
                .put("status", "ok")
                .put("data", new JsonText().put("sentry.op", op));
    }

    static List<Object> browserHeaders() {
        return List.of(List.of("User-Agent", AGENT));
    }

    static BigDecimal seconds(long ms) {
        return BigDecimal.valueOf(ms, 3);
    }
}
