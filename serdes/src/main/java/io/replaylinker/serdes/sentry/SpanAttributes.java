package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.AttributeValue.flag;
import static io.replaylinker.serdes.sentry.AttributeValue.text;

import org.jspecify.annotations.Nullable;

/** {@code attributes} of a span, as far as linking needs them. A value that is missing, null or of another type is null. */
final class SpanAttributes {

    @Nullable String segmentId;

    @Nullable String segmentName;

    @Nullable String transaction;

    @Nullable String description;

    @Nullable String op;

    @Nullable String kind;

    @Nullable String origin;

    @Nullable String sdk;

    @Nullable String statusMessage;

    @Nullable String platform;

    @Nullable String release;

    @Nullable String environment;

    boolean replayIsBuffering;
    boolean wasTransaction;

    @Nullable RequestHeaders headers;

    private @Nullable String profileId;
    private @Nullable String otherProfileId;
    private @Nullable String replayId;
    private @Nullable String otherReplayId;
    private @Nullable String userId;
    private @Nullable String otherUserId;
    private @Nullable String userAddress;
    private @Nullable String otherUserAddress;

    static SpanAttributes read(JsonCursor cursor) throws JsonException {
        SpanAttributes attributes = new SpanAttributes();
        if (cursor.enterObject()) {
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                attributes.take(name, cursor);
            }
        }
        return attributes;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case FieldNames.OTHER -> value.skip();
            case "sentry.segment.id" -> segmentId = text(value);
            case "sentry.segment.name" -> segmentName = text(value);
            case "sentry.transaction" -> transaction = text(value);
            case "sentry.description" -> description = text(value);
            case "sentry.op" -> op = text(value);
            case "sentry.kind" -> kind = text(value);
            case "sentry.origin" -> origin = text(value);
            case "sentry.sdk.name" -> sdk = text(value);
            case "sentry.status.message" -> statusMessage = text(value);
            case "sentry.platform" -> platform = text(value);
            case "sentry.release" -> release = text(value);
            case "sentry.environment" -> environment = text(value);
            case "sentry.was_transaction" -> wasTransaction = flag(value);
            case "sentry._internal.replay_is_buffering", "sentry.replay_is_buffering" ->
                replayIsBuffering |= flag(value);
            default -> takeId(name, value);
        }
    }

    private void takeId(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "sentry.replay_id" -> replayId = text(value);
            case "replay_id", "replay.id" -> otherReplayId = text(value);
            case "sentry.profile_id" -> profileId = text(value);
            case "profile_id" -> otherProfileId = text(value);
            case "user.id" -> userId = text(value);
            case "sentry.user.id" -> otherUserId = text(value);
            case "user.ip_address" -> userAddress = UserContext.address(text(value));
            case "sentry.user.ip" -> otherUserAddress = UserContext.address(text(value));
            default -> takeHeader(name, value);
        }
    }

    private void takeHeader(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "http.request.header.baggage" -> headers().takeBaggage(value);
            case "http.request.header.sentry-trace", "http.request.header.sentry_trace" ->
                headers().takeSentryTrace(value);
            case "http.request.header.traceparent" -> headers().takeTraceparent(value);
            default -> value.skip();
        }
    }

    private RequestHeaders headers() {
        if (headers == null) {
            headers = new RequestHeaders();
        }
        return headers;
    }

    @Nullable String replayId() {
        return EventTags.firstOf(replayId, otherReplayId);
    }

    @Nullable String profileId() {
        return EventTags.firstOf(profileId, otherProfileId);
    }

    @Nullable String userId() {
        return EventTags.firstOf(userId, otherUserId);
    }

    @Nullable String userAddress() {
        return EventTags.firstOf(userAddress, otherUserAddress);
    }
}
