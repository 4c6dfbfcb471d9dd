package io.replaylinker.local.sample;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Messages in the shapes that Sentry's ingestion writes to its topics, short of what linking does not look at. */
final class SentryMessages {

    private static final long NINE_MS = Instant.parse("2026-10-05T09:00:00Z").toEpochMilli();

    private SentryMessages() {}

    /** One line of the dump. */
    record Line(
            long timestampMs,
            String topic,
            @Nullable String key,
            @Nullable String payload) {

        String json() {
            return "{\"topic\":\"%s\",\"partition\":0,\"tstype\":\"logappend\",\"ts\":%d,\"key\":%s,\"payload\":%s}"
                    .formatted(topic, timestampMs, quoted(key), quoted(payload));
        }

        private static String quoted(@Nullable String text) {
            return text == null
                    ? "null"
                    : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        }
    }

    static Line raw(double seconds, String topic, String payload) {
        return new Line(millis(seconds), topic, null, payload);
    }

    static Line tombstone(double seconds, String topic) {
        return new Line(millis(seconds), topic, null, null);
    }

    /** As today's producer writes it: the payload is an object, and there is no outer type. */
    static Line segmentAsObject(
            double seconds, int project, String replay, int segment, double started, String... traces) {
        return replayMessage(seconds, project, replay, segment(seconds, replay, segment, started, "session", traces));
    }

    /** As older producers write it: the payload is a list of the bytes of its JSON. */
    static Line segmentAsBytes(
            double seconds, int project, String replay, int segment, double started, String... traces) {
        return replayMessage(
                seconds, project, replay, asBytes(segment(seconds, replay, segment, started, "session", traces)));
    }

    /** A recording that was kept back until an error happened; it lists no trace. */
    static Line bufferedSegment(double seconds, int project, String replay, int segment, double started) {
        return replayMessage(seconds, project, replay, segment(seconds, replay, segment, started, "buffer"));
    }

    static Line archive(double seconds, int project, String replay) {
        String payload = "{\"type\":\"replay_event\",\"replay_id\":\"%s\",\"is_archived\":true,\"timestamp\":%s}"
                .formatted(replay, time(seconds));
        return replayMessage(seconds, project, replay, asBytes(payload));
    }

    static Line click(double seconds, int project, String replay) {
        String payload =
                "{\"type\":\"replay_actions\",\"replay_id\":\"%s\",\"clicks\":[{\"tag\":\"button\",\"timestamp\":%s}]}"
                        .formatted(replay, time(seconds));
        return replayMessage(seconds, project, replay, payload);
    }

    /** What a user wrote into the feedback form of a recorded page: an issue-platform event. */
    static Line feedback(double seconds, int project, String id, String replay) {
        String contexts =
                "\"feedback\":{\"message\":\"My coupon is gone\",\"contact_email\":\"\",\"replay_id\":\"%s\",\"source\":\"widget\"}"
                        .formatted(replay);
        String data =
                ("{\"event_id\":\"%s\",\"level\":\"info\",\"type\":\"generic\",\"platform\":\"javascript\",\"transaction\":\"/basket\","
                                + "\"timestamp\":%s,\"received\":%s,\"contexts\":{%s},\"tags\":[]}")
                        .formatted(id, time(seconds - 0.03), time(seconds), contexts);
        return raw(
                seconds,
                "generic-events",
                ("[2,\"insert\",{\"group_id\":4100,\"event_id\":\"%s\",\"organization_id\":1,\"project_id\":%d,\"message\":\"\","
                                + "\"platform\":\"javascript\",\"datetime\":\"%s\",\"data\":%s,\"occurrence_id\":\"%s\","
                                + "\"occurrence_data\":{\"id\":\"%s\",\"type\":6001,\"level\":\"info\"},\"retention_days\":90},{\"is_new\":true}]")
                        .formatted(id, project, Instant.ofEpochMilli(millis(seconds - 0.03)), data, id, id));
    }

    private static Line replayMessage(double seconds, int project, String replay, String payload) {
        return raw(
                seconds,
                "ingest-replay-events",
                "{\"start_time\":%s,\"replay_id\":\"%s\",\"project_id\":%d,\"retention_days\":90,\"payload\":%s}"
                        .formatted(time(seconds), replay, project, payload));
    }

    private static String segment(
            double seconds, String replay, int segment, double started, String type, String... traces) {
        String traceIds =
                Arrays.stream(traces).map(trace -> '"' + dashed(trace) + '"').collect(Collectors.joining(","));
        return ("{\"type\":\"replay_event\",\"replay_start_timestamp\":%s,\"timestamp\":%s,\"error_ids\":[],\"trace_ids\":[%s],"
                        + "\"urls\":[\"https://shop.example/\"],\"replay_id\":\"%s\",\"segment_id\":%d,\"replay_type\":\"%s\","
                        + "\"environment\":\"prod\",\"release\":\"web@7\",\"platform\":\"javascript\",\"tags\":[]}")
                .formatted(time(started), time(seconds - 0.02), traceIds, replay, segment, type);
    }

    private static String asBytes(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> Integer.toString(bytes[i] & 0xff))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static long millis(double seconds) {
        return NINE_MS + Math.round(seconds * 1000);
    }

    /** Seconds since 1970 with a fraction, as everywhere in Sentry's messages. */
    static String time(double seconds) {
        long millis = millis(seconds);
        return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }

    private static String dashed(String id) {
        return id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    /** An event on its way to the dump; it was received a moment after it happened. */
    static final class Event {

        private final int number;
        private final double seconds;
        private final String kind;
        private final int organization;
        private final int project;
        private final String where;
        private double tookSeconds = 0.04;
        private String trace = "";
        private String replayContext = "";
        private String headers = "";
        private String headerFlag = "";
        private @Nullable String span;
        private @Nullable String parent;
        private String tags = "[\"environment\",\"prod\"],null";

        Event(int number, double seconds, String kind, int organization, int project, String where) {
            this.number = number;
            this.seconds = seconds;
            this.kind = kind;
            this.organization = organization;
            this.project = project;
            this.where = where;
        }

        Event trace(int trace) {
            this.trace = Shop.trace(trace);
            return this;
        }

        /** The span during which it happened, and that one's parent. */
        Event during(String spanId, String parentId) {
            span = spanId;
            parent = parentId;
            return this;
        }

        Event took(double seconds) {
            this.tookSeconds = seconds;
            return this;
        }

        Event replayContext(int replay) {
            replayContext = ",\"replay\":{\"type\":\"replay\",\"replay_id\":\"%s\"}".formatted(Shop.replay(replay));
            return this;
        }

        Event baggage(int replay) {
            headers = ",[\"Baggage\",\"other=1,sentry-environment=prod,sentry-trace_id=%s,sentry-replay_id=%s\"]"
                    .formatted(trace, Shop.replay(replay));
            return this;
        }

        /** The fourth part of sentry-trace says that there is a replay. */
        Event flagHeader() {
            headerFlag = "-01";
            return this;
        }

        Event flagTag() {
            tags += ",[\"hasReplay\",\"true\"]";
            return this;
        }

        Line line() {
            boolean call = kind.equals("transaction");
            String key = call ? null : Integer.toString(project);
            return new Line(millis(seconds), call ? "transactions" : "events", key, payload(call));
        }

        private String payload(boolean call) {
            return "[2,\"insert\",{\"group_id\":%s,\"event_id\":\"%s\",\"organization_id\":%d,\"project_id\":%d,"
                            .formatted(call ? "null" : Integer.toString(4000 + number), id(), organization, project)
                    + "\"message\":\"\",\"platform\":\"%s\",\"datetime\":\"%s\",\"data\":%s,\"retention_days\":90},"
                            .formatted(platform(), Instant.ofEpochMilli(millis(seconds - 0.03)), data(call))
                    + "{\"is_new\":false,\"is_regression\":false,\"skip_consume\":false}]";
        }

        private String data(boolean call) {
            String start = call ? "\"start_timestamp\":" + time(seconds - 0.03 - tookSeconds) + "," : "";
            return "{\"event_id\":\"%s\",\"level\":\"%s\",\"type\":\"%s\",\"platform\":\"%s\",\"transaction\":\"%s\",%s"
                            .formatted(id(), call ? "info" : kind, type(call), platform(), where, start)
                    + "\"timestamp\":%s,\"received\":%s,\"release\":\"shop@7\",\"environment\":\"prod\",\"contexts\":{%s},"
                            .formatted(time(seconds - 0.03), time(seconds), contexts(call))
                    + (call ? "" : exception())
                    + "\"request\":{\"method\":\"GET\",\"url\":\"https://shop.example/\",\"headers\":[%s]},\"tags\":[%s]}"
                            .formatted(headers(), tags);
        }

        private String exception() {
            boolean isPython = platform().equals("python");
            String file =
                    "src/" + where.replaceAll("[^a-z]+", " ").strip().replace(' ', '_') + (isPython ? ".py" : ".js");
            return ("\"exception\":{\"values\":[{\"type\":\"%s\",\"value\":\"%s failed\",\"mechanism\":{\"handled\":false},"
                            + "\"stacktrace\":{\"frames\":[{\"function\":\"dispatch\",\"filename\":\"lib/router\",\"lineno\":88,"
                            + "\"in_app\":false},{\"function\":\"handle\",\"filename\":\"%s\",\"lineno\":%d,\"in_app\":true}]}}]},")
                    .formatted(isPython ? "ValueError" : "TypeError", where, file, 10 + number);
        }

        private String contexts(boolean call) {
            String operation = call ? ",\"op\":\"http.server\",\"status\":\"ok\"" : "";
            return "\"trace\":{\"type\":\"trace\",\"trace_id\":\"%s\",\"span_id\":\"%s\",\"parent_span_id\":\"%s\"%s}%s"
                    .formatted(
                            trace,
                            span == null ? hex(0xaa00L + number) : span,
                            parent == null ? hex(0xbb00L + number) : parent,
                            operation,
                            replayContext);
        }

        private String headers() {
            return "[\"Sentry-Trace\",\"%s-%s-1%s\"]%s"
                    .formatted(trace, parent == null ? hex(0xbb00L + number) : parent, headerFlag, headers);
        }

        private static String hex(long id) {
            return "%016x".formatted(id);
        }

        private String id() {
            return "%08x%024x".formatted(0xe0e0_0000 + number, 0xbeefL * number);
        }

        private String platform() {
            return switch (project) {
                case 11 -> "javascript";
                case 33, 44 -> "python";
                default -> "node";
            };
        }

        private String type(boolean call) {
            if (call) {
                return "transaction";
            }
            return kind.equals("warning") ? "default" : "error";
        }
    }
}
