package io.replaylinker.local.visits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole dump, read at once: events, spans by trace, replays. Plain on purpose. */
final class Dump {

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, Event> events = new LinkedHashMap<>();
    final Map<String, TraceFacts> traces = new HashMap<>();
    final Map<String, Replay> replays = new HashMap<>();
    final Map<Long, Long> organizations = new HashMap<>();

    Dump(List<Message> messages) {
        for (Message message : messages) {
            switch (message.topic()) {
                case Message.REPLAYS -> segment(read(message.text()));
                case Message.SPANS -> span(read(message.text()), message.timestampMs());
                default -> event(read(message.text()).get(2), message.timestampMs());
            }
        }
        events.values().forEach(this::tie);
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A trace and the span a header or a context names. */
    record Place(
            String trace, @Nullable String span, @Nullable String parent) {}

    static final class Event {
        String id = "";
        long project;
        long organization;
        double at;

        @Nullable String stamped;

        @Nullable String carried;

        @Nullable String contextRelease;

        final List<Place> places = new ArrayList<>();

        @Nullable Place header;

        Names names = Names.NONE;
    }

    static final class Span {
        String id = "";

        @Nullable String parent;

        long project;
        long organization;
        boolean browser;
        boolean root;

        @Nullable String replay;

        double from;
        double to;
        double recorded;
        Names names = Names.NONE;
    }

    static final class TraceFacts {
        final Map<String, Span> spans = new HashMap<>();
        final Set<String> replays = new LinkedHashSet<>();
        final List<Event> events = new ArrayList<>();

        List<Span> roots() {
            return spans.values().stream().filter(span -> span.root).toList();
        }
    }

    static final class Replay {
        String id = "";
        long project;
        boolean buffer;
        double start = Double.MAX_VALUE;
        double last;
        double drift = Double.MAX_VALUE;
        final Set<String> errors = new HashSet<>();
        Names names = Names.NONE;
        String release = "";
    }

    TraceFacts trace(String id) {
        return traces.computeIfAbsent(id, key -> new TraceFacts());
    }

    private void segment(JsonNode outer) {
        JsonNode inner = outer.get("payload");
        if (inner.isArray()) {
            byte[] bytes = new byte[inner.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) inner.get(i).asInt();
            }
            inner = read(new String(bytes, StandardCharsets.UTF_8));
        }
        Replay replay = replays.computeIfAbsent(outer.get("replay_id").asText(), key -> new Replay());
        replay.id = outer.get("replay_id").asText();
        replay.project = outer.get("project_id").asLong();
        replay.buffer = inner.get("replay_type").asText().equals("buffer");
        double at = inner.get("timestamp").asDouble();
        replay.start =
                Math.min(replay.start, inner.get("replay_start_timestamp").asDouble());
        replay.last = Math.max(replay.last, at);
        replay.drift = Math.min(replay.drift, outer.get("start_time").asDouble() - at);
        inner.get("error_ids").forEach(error -> replay.errors.add(plain(error.asText())));
        inner.get("trace_ids").forEach(id -> trace(plain(id.asText())).replays.add(replay.id));
        replay.release = inner.get("release").asText();
        replay.names = names(inner.path("user"), "id", "ip_address");
    }

    private void span(JsonNode json, long recordMs) {
        JsonNode attributes = json.get("attributes");
        Span span = new Span();
        span.id = json.get("span_id").asText();
        span.parent = text(json.get("parent_span_id"));
        span.project = json.get("project_id").asLong();
        span.organization = json.get("organization_id").asLong();
        organizations.put(span.project, span.organization);
        String op = value(attributes, "sentry.op");
        span.root = "pageload".equals(op) || "navigation".equals(op);
        span.browser =
                span.root || String.valueOf(value(attributes, "sentry.origin")).contains("browser");
        span.replay = value(attributes, "sentry.replay_id");
        span.from = json.get("start_timestamp").asDouble();
        span.to = json.get("end_timestamp").asDouble();
        span.recorded = recordMs / 1000.0;
        span.names = new Names(value(attributes, "user.id"), value(attributes, "user.ip_address"));
        String traceId = json.get("trace_id").asText();
        if (json.hasNonNull("event_id")) {
            return; // the transaction itself is read
        }
        trace(traceId).spans.put(span.id, span);
        if (span.browser && span.replay != null) {
            trace(traceId).replays.add(span.replay);
        }
        if (json.get("is_segment").asBoolean()) {
            Event event = new Event();
            event.id = span.id + Outbox.ZEROS;
            event.project = span.project;
            event.organization = span.organization;
            event.at = recordMs / 1000.0;
            event.stamped = span.replay;
            event.names = span.names;
            headers(
                    event,
                    list(attributes.path("http.request.header.sentry-trace").path("value")),
                    list(attributes.path("http.request.header.baggage").path("value")));
            event.places.add(new Place(traceId, span.id, span.parent));
            events.put(event.id, event);
        }
    }

    private void event(JsonNode json, long recordMs) {
        JsonNode data = json.get("data");
        JsonNode context = data.path("contexts").path("trace");
        Event event = new Event();
        event.id = json.get("event_id").asText();
        event.project = json.get("project_id").asLong();
        event.organization = json.get("organization_id").asLong();
        organizations.put(event.project, event.organization);
        event.at = recordMs / 1000.0;
        event.names = names(data.path("user"), "id", "ip_address");
        event.stamped = text(data.path("contexts").path("replay").path("replay_id"));
        for (JsonNode tag : data.get("tags")) {
            if (tag.get(0).asText().equals("replayId") && event.stamped == null) {
                event.stamped = tag.get(1).asText();
            }
        }
        List<String> traceLines = new ArrayList<>();
        List<String> baggage = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header :
                headerEntries(data.path("request").path("headers"))) {
            switch (header.getKey().toLowerCase(Locale.ROOT)) {
                case "sentry-trace" -> traceLines.addAll(list(header.getValue()));
                case "baggage" -> baggage.addAll(list(header.getValue()));
                default -> {}
            }
        }
        headers(event, traceLines, baggage);
        String traceId = text(context.get("trace_id"));
        if (traceId != null) {
            event.places.add(new Place(traceId, text(context.get("span_id")), text(context.get("parent_span_id"))));
        }
        events.put(event.id, event);
        if (data.get("type").asText().equals("transaction")) {
            transaction(event, data, context, recordMs);
        }
    }

    private void transaction(Event event, JsonNode data, JsonNode context, long recordMs) {
        String op = text(context.get("op"));
        boolean root = "pageload".equals(op) || "navigation".equals(op);
        TraceFacts facts = trace(context.get("trace_id").asText());
        Span segment = inner(
                event,
                context,
                data.get("start_timestamp").asDouble(),
                data.get("timestamp").asDouble());
        segment.root = root;
        segment.browser = root;
        segment.recorded = recordMs / 1000.0;
        facts.spans.put(segment.id, segment);
        for (JsonNode json : data.get("spans")) {
            Span span = inner(
                    event,
                    json,
                    json.get("start_timestamp").asDouble(),
                    json.get("timestamp").asDouble());
            span.browser = root;
            span.recorded = recordMs / 1000.0;
            facts.spans.put(span.id, span);
        }
    }

    private static Span inner(Event event, JsonNode json, double from, double to) {
        Span span = new Span();
        span.id = json.get("span_id").asText();
        span.parent = text(json.get("parent_span_id"));
        span.project = event.project;
        span.organization = event.organization;
        span.replay = event.stamped;
        span.names = event.names;
        span.from = from;
        span.to = to;
        return span;
    }

    /** What an event names together with a trace: a stamped id its own, a carried id the header's. */
    private void tie(Event event) {
        for (Place place : event.places) {
            trace(place.trace).events.add(event);
        }
        if (event.places.isEmpty()) {
            return;
        }
        Place own = event.places.get(event.places.size() - 1);
        String named = event.carried != null ? event.carried : event.stamped;
        if (named != null && event.header != null) {
            trace(event.header.trace).replays.add(named);
        } else if (event.stamped != null) {
            trace(own.trace).replays.add(event.stamped);
        }
    }

    private static void headers(Event event, List<String> traceLines, List<String> baggage) {
        for (String line : traceLines) {
            for (String part : line.split(",", -1)) {
                String[] pieces = part.trim().split("-", -1);
                Place place = new Place(pieces[0], pieces.length > 1 ? pieces[1] : null, null);
                event.places.add(place);
                event.header = place;
            }
        }
        for (String member : String.join(",", baggage).split(",", -1)) {
            if (member.trim().startsWith("sentry-release=")) {
                event.contextRelease =
                        member.trim().substring("sentry-release=".length()).replace("%40", "@");
            }
            if (member.trim().startsWith("sentry-replay_id=")) {
                event.carried = member.trim().substring("sentry-replay_id=".length());
            }
        }
    }

    private static List<Map.Entry<String, JsonNode>> headerEntries(JsonNode headers) {
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>();
        if (headers.isArray()) {
            headers.forEach(pair -> entries.add(Map.entry(pair.get(0).asText(), pair.get(1))));
        } else {
            headers.properties().forEach(entries::add);
        }
        return entries;
    }

    private static List<String> list(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(value -> values.add(value.asText()));
        } else if (!node.isMissingNode()) {
            values.add(node.asText());
        }
        return values;
    }

    private static Names names(JsonNode user, String id, String address) {
        return new Names(text(user.path(id)), text(user.path(address)));
    }

    private static @Nullable String value(JsonNode attributes, String name) {
        return text(attributes.path(name).path("value"));
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode() ? null : node.asText();
    }

    private static String plain(String id) {
        return id.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
