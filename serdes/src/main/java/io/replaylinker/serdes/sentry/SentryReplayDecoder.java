package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RejectionReason;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Decodes topic {@code ingest-replay-events}: an outer object with {@code replay_id}, {@code project_id}, {@code retention_days},
 * {@code start_time} (seconds, server time) and {@code payload}, which is the inner object itself or its JSON as a list of byte values.
 *
 * <p>The inner {@code type} decides. {@code replay_event} becomes a value: a segment, or with {@code is_archived} the request to delete the
 * replay. Without a {@code segment_id}, or with one outside 0 to 65535, it is a value with a null segment. Sentry stores such a row too,
 * and its data about the replay's state and traces is valid. {@code event_link}, {@code replay_actions}, {@code replay_tap} and
 * {@code replay_viewed} are control messages of these names, other types are {@code other}.
 *
 * <p>The outer ids override the inner ones, and so does the outer retention (default 90 days). Optional fields of another type are null. Of
 * {@code trace_ids} and {@code error_ids} the first 200 strings are used, each cut at 250 UTF-16 units; other elements are left out.
 *
 * <p>Source of the format: Sentry's public schema {@code ingest-replay-events.v1} and what its producers wrote since 2023. It never throws.
 * Thread-safe.
 */
public final class SentryReplayDecoder implements RecordDecoder<ReplaySegment> {

    @Override
    public Decoded<ReplaySegment> decode(String topic, Headers headers, byte @Nullable [] value) {
        return JsonReading.read(value, cursor -> {
            if (!cursor.isObject()) {
                cursor.skip();
                return Decoded.rejection(RejectionReason.WRONG_SHAPE, "not an object");
            }
            return ReplayMessage.read(cursor).toDecoded();
        });
    }
}
