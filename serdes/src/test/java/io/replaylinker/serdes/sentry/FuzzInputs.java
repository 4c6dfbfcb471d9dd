package io.replaylinker.serdes.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Inputs for the decoders: damaged real messages, random bytes, and JSON of the right words in the wrong places. */
final class FuzzInputs {

    /** What tends to break readers. */
    private static final List<String> TOKENS = List.of(
            "null",
            "{}",
            "[]",
            "{",
            "}",
            "[",
            "]",
            "[[",
            "{\"a\":",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\\ud83d",
            "\\u12",
            "0",
            "-1",
            "1e300",
            "-0",
            "1e-999",
            "NaN",
            "Infinity",
            "99999999999999999999",
            "1795174605.4709997",
            "65536",
            "true",
            "false",
            "\"\"",
            "\u0000",
            "\ufeff",
            "😀",
            "é",
            "\"insert\"",
            "\"data\":",
            "\"payload\":",
            "\n",
            " ");

    private static final List<String> NAMES = List.of(
            "data",
            "datetime",
            "event_id",
            "group_id",
            "organization_id",
            "platform",
            "project_id",
            "_dsc",
            "contexts",
            "environment",
            "level",
            "received",
            "release",
            "request",
            "spans",
            "start_timestamp",
            "tags",
            "timestamp",
            "transaction",
            "type",
            "headers",
            "event_ids",
            "old_primary_hash",
            "has_replay",
            "hasReplay",
            "op",
            "parent_span_id",
            "profile",
            "profile_id",
            "replay",
            "replay_id",
            "span_id",
            "status",
            "trace",
            "trace_id",
            "is_archived",
            "payload",
            "replay_start_timestamp",
            "replay_type",
            "retention_days",
            "segment_id",
            "start_time",
            "trace_ids",
            "error_ids",
            "occurrence_data",
            "feedback",
            "user",
            "id",
            "ip_address",
            "sdk",
            "name",
            "origin",
            "kind",
            "is_segment",
            "attributes",
            "value",
            "end_timestamp",
            "baggage",
            "sentry-trace",
            "sentry_trace",
            "traceparent",
            "replayId",
            "replay.id",
            "other",
            "x",
            "");

    private static final List<String> ATTRIBUTES = List.of(
            "sentry.op",
            "sentry.kind",
            "sentry.k\\u0069nd",
            "sentry.segment.id",
            "sentry.origin",
            "sentry.sdk.name",
            "sentry.replay_id",
            "sentry._internal.replay_is_buffering",
            "sentry.was_transaction",
            "sentry.status.message",
            "user.id",
            "user.ip_address",
            "http.request.header.baggage",
            "http.request.header.sentry-trace",
            "http.request.header.sentry_trace",
            "http.request.header.traceparent",
            "http.request.header.host",
            "x");

    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "22",
            "-1",
            "65535",
            "1795174605.4709997",
            "1e300",
            "NaN",
            "\"\"",
            "\"true\"",
            "\"22\"",
            "\"replay_event\"",
            "\"event_link\"",
            "\"error\"",
            "\"http.client\"",
            "\"client\"",
            "\"server\"",
            "\"auto.otlp.spans\"",
            "\"sentry.javascript.node\"",
            "\"bccbd1ad5bd546d1\"",
            "\"[\\\"a=1\\\",5]\"",
            "\"[a\"",
            "1795174605470",
            "6001",
            "\"replayId\"",
            "\"baggage\"",
            "\"2026-11-20T11:36:45Z\"",
            "\"8da5eaec2f0b4368bef4a23249f7cec9\"",
            "\"9f8f8593-2b48-4fcf-9585-c96780aecbdc\"",
            "\"00000000000000000000000000000000\"",
            "\"\\ud83d\\ude00\\n\"");

    private static final byte[] TOMBSTONES = """
            [2, "tombstone_events", {"transaction_id": "3f7c0d1d", "project_id": 22, "datetime": "2026-11-20T11:36:45.000000Z",
             "event_ids": ["8da5eaec2f0b4368bef4a23249f7cec9", "9F8F8593-2B48-4FCF-9585-C96780AECBDC", null, "8da5"],
             "from_timestamp": null, "to_timestamp": null, "old_primary_hash": null}]
            """.getBytes(UTF_8);

    private final List<byte[]> messages;

    FuzzInputs() {
        messages = Stream.concat(Stream.of(TOMBSTONES), Capture.all().stream().map(Capture.Message::value))
                .toList();
    }

    byte[] next(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> randomBytes(random);
            case 1, 2 -> randomJson(random);
            default -> damaged(random);
        };
    }

    private static byte[] randomBytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] randomJson(SplittableRandom random) {
        StringBuilder json = new StringBuilder();
        switch (random.nextInt(7)) {
            case 0 -> appendValue(json, random, 0);
            case 4 -> {
                json.append("[2,\"tombstone_events\",{\"project_id\":22,\"event_ids\":[");
                appendScalars(json, random);
                json.append("],");
                appendFields(json, random, 2);
                json.append("}]");
            }
            case 5, 6 -> appendSpan(json, random);
            case 1 -> {
                json.append("{\"replay_id\":\"84c9b14583f94dd2ae467a01b5b5d83a\",\"project_id\":11,\"payload\":{"
                        + "\"type\":\"replay_event\",");
                appendFields(json, random, 2);
                json.append("}}");
            }
            default -> {
                json.append(
                        "[2,\"insert\",{\"event_id\":\"8da5eaec2f0b4368bef4a23249f7cec9\",\"project_id\":22,\"data\":{");
                appendFields(json, random, 2);
                json.append("}}]");
            }
        }
        return json.toString().getBytes(UTF_8);
    }

    private static void appendValue(StringBuilder json, SplittableRandom random, int depth) {
        int kind = depth > 7 ? 0 : random.nextInt(5);
        if (kind < 3) {
            json.append(pick(SCALARS, random));
        } else if (kind == 3) {
            json.append('{');
            appendFields(json, random, depth);
            json.append('}');
        } else {
            json.append('[');
            for (int i = random.nextInt(4); i > 0; i--) {
                appendValue(json, random, depth + 1);
                json.append(i > 1 ? "," : "");
            }
            json.append(']');
        }
    }

    private static void appendSpan(StringBuilder json, SplittableRandom random) {
        json.append(
                "{\"project_id\":22,\"trace_id\":\"9f8f85932b484fcf9585c96780aecbdc\",\"span_id\":\"bccbd1ad5bd546d1\",");
        appendFields(json, random, 2);
        json.append(",\"is_segment\":").append(pick(List.of("true", "false", "null", "\"true\"", "0"), random));
        json.append(",\"attributes\":{");
        for (int i = random.nextInt(8); i > 0; i--) {
            json.append('"').append(pick(ATTRIBUTES, random)).append("\":");
            if (random.nextInt(4) == 0) {
                appendValue(json, random, 4);
            } else {
                json.append("{\"type\":\"string\",\"value\":");
                appendValue(json, random, 4);
                json.append('}');
            }
            json.append(i > 1 ? "," : "");
        }
        json.append("},");
        appendFields(json, random, 2);
        json.append('}');
    }

    private static void appendScalars(StringBuilder json, SplittableRandom random) {
        for (int i = random.nextInt(6); i > 0; i--) {
            json.append(pick(SCALARS, random)).append(i > 1 ? "," : "");
        }
    }

    private static void appendFields(StringBuilder json, SplittableRandom random, int depth) {
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            json.append('"').append(pick(NAMES, random)).append("\":");
            appendValue(json, random, depth + 1);
            json.append(i > 1 ? "," : "");
        }
    }

    private byte[] damaged(SplittableRandom random) {
        byte[] bytes = pick(messages, random);
        for (int i = random.nextInt(1, 6); i > 0 && bytes.length > 0; i--) {
            bytes = damagedOnce(bytes, random);
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + random.nextInt(40));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> spliced(bytes, from, to, new byte[0]);
            case 2 -> spliced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 3 -> {
                byte[] other = pick(messages, random);
                int start = random.nextInt(other.length);
                yield spliced(bytes, from, to, Arrays.copyOfRange(other, start, Math.min(other.length, start + 60)));
            }
            case 4 -> {
                byte[] flipped = bytes.clone();
                flipped[from] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            default ->
                spliced(
                        bytes,
                        from,
                        random.nextBoolean() ? from : to,
                        pick(TOKENS, random).getBytes(UTF_8));
        };
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = Arrays.copyOf(bytes, from + middle.length + bytes.length - to);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }

    /** A header made of pieces of real ones. */
    static String header(SplittableRandom random) {
        List<String> pieces = List.of(
                "7194e898ff0a4b6fb8a0e94a24b3de98",
                "bccbd1ad5bd546d1",
                "-",
                "-1",
                "-0",
                "-01",
                "00-",
                "sentry-replay_id",
                "=",
                ",",
                ";",
                "%",
                "%4",
                "%41",
                "%e2%82%ac",
                "%ff",
                " ",
                "\t",
                "+",
                "é",
                "😀",
                "\ud83d",
                "\u0000",
                "ff",
                "x");
        StringBuilder header = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            header.append(pick(pieces, random).repeat(random.nextInt(200) == 0 ? 3000 : 1));
        }
        return header.toString();
    }

    private static <T> T pick(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }
}
