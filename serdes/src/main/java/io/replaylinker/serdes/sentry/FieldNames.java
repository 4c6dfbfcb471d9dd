package io.replaylinker.serdes.sentry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of the fields that the decoders read, found by their bytes. An event has hundreds of other fields, and no strings are made of
 * their names. A new field of a decoder needs an entry here.
 */
final class FieldNames {

    /** Stands for every other name. */
    static final String OTHER = "";

    private static final Map<String, String> WANTED = Stream.of(
                    // The event, and what Sentry writes around it
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
                    // Its contexts and spans
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
                    // What went wrong, and the spans of a transaction
                    "culprit",
                    "description",
                    "exception",
                    "filename",
                    "abs_path",
                    "formatted",
                    "frames",
                    "function",
                    "handled",
                    "in_app",
                    "lineno",
                    "logentry",
                    "mechanism",
                    "message",
                    "module",
                    "stacktrace",
                    "values",
                    // Merged, split and deleted issues
                    "group_ids",
                    "hashes",
                    "new_group_id",
                    "previous_group_id",
                    "previous_group_ids",
                    "primary_hash",
                    // Deleted events
                    "event_ids",
                    "old_primary_hash",
                    // The replay segment
                    "is_archived",
                    "payload",
                    "replay_start_timestamp",
                    "replay_type",
                    "retention_days",
                    "segment_id",
                    "start_time",
                    "trace_ids",
                    "error_ids",
                    // Who sent it, and who used the program
                    "sdk",
                    "name",
                    "user",
                    "id",
                    "ip",
                    "ip_address",
                    // Issue-platform events
                    "feedback",
                    "occurrence_data",
                    // Spans
                    "attributes",
                    "end_timestamp",
                    "is_segment",
                    "kind",
                    "origin",
                    "value",
                    // Their attributes
                    "http.request.header.baggage",
                    "http.request.header.sentry-trace",
                    "http.request.header.sentry_trace",
                    "http.request.header.traceparent",
                    "replay.id",
                    "replay_is_buffering",
                    "sentry._internal.replay_is_buffering",
                    "sentry.description",
                    "sentry.environment",
                    "sentry.kind",
                    "sentry.op",
                    "sentry.origin",
                    "sentry.platform",
                    "sentry.profile_id",
                    "sentry.release",
                    "sentry.replay_id",
                    "sentry.replay_is_buffering",
                    "sentry.sdk.name",
                    "sentry.segment.id",
                    "sentry.segment.name",
                    "sentry.status.message",
                    "sentry.transaction",
                    "sentry.user.id",
                    "sentry.user.ip",
                    "sentry.was_transaction",
                    "user.id",
                    "user.ip_address")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

    /** At least four slots per name, so that a probe mostly ends at the first one. */
    private static final int MASK = 511;

    private static final byte[] @Nullable [] SPELLED = new byte[MASK + 1][];
    private static final String[] NAMES = new String[MASK + 1];

    static {
        Arrays.fill(NAMES, OTHER);
        for (String name : WANTED.values()) {
            byte[] spelled = name.getBytes(StandardCharsets.UTF_8);
            int place = place(spelled, 0, spelled.length);
            while (SPELLED[place] != null) {
                place = (place + 1) & MASK;
            }
            SPELLED[place] = spelled;
            NAMES[place] = name;
        }
    }

    private FieldNames() {}

    static String find(byte[] in, int from, int to) {
        int place = place(in, from, to);
        byte[] spelled = SPELLED[place];
        while (spelled != null && !Arrays.equals(spelled, 0, spelled.length, in, from, to)) {
            place = (place + 1) & MASK;
            spelled = SPELLED[place];
        }
        return NAMES[place];
    }

    static String find(String name) {
        return WANTED.getOrDefault(name, OTHER);
    }

    /** Length, first and last byte distinguish the wanted names well. */
    private static int place(byte[] in, int from, int to) {
        return from == to ? 0 : (in[from] * 7 + in[to - 1] * 31 + (to - from) * 11) & MASK;
    }
}
