package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.ErrorDetail;
import org.jspecify.annotations.Nullable;

/** {@code data} of the post-process message: the event as the SDK sent it and Sentry normalized it. */
final class EventData {

    @Nullable String type;

    @Nullable String level;

    @Nullable String platform;

    @Nullable String transaction;

    @Nullable String release;

    @Nullable String environment;

    @Nullable String samplingReplayId;

    @Nullable String sdk;

    UserContext user = UserContext.NONE;

    long timestampMs = EpochMillis.UNKNOWN;
    long startTimestampMs = EpochMillis.UNKNOWN;
    long receivedMs = EpochMillis.UNKNOWN;
    EventContexts contexts = EventContexts.NONE;
    EventSpans spans = EventSpans.NONE;

    @Nullable EventTags tags;

    @Nullable RequestHeaders headers;

    private final boolean detailed;
    private ExceptionChain exception = ExceptionChain.NONE;
    private @Nullable String culprit;
    private @Nullable String message;

    EventData(boolean detailed) {
        this.detailed = detailed;
    }

    /** @param detailed as in {@link SentryEventDecoder#SentryEventDecoder(boolean)} */
    static EventData read(JsonCursor cursor, boolean detailed) throws JsonException {
        EventData data = new EventData(detailed);
        if (cursor.enterObject()) {
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                data.take(name, cursor);
            }
        }
        return data;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "type" -> type = value.string();
            case "level" -> level = value.string();
            case "platform" -> platform = value.string();
            case "transaction" -> transaction = value.text();
            case "release" -> release = value.text();
            case "environment" -> environment = value.text();
            case "timestamp" -> timestampMs = value.epochMillis();
            case "start_timestamp" -> startTimestampMs = value.epochMillis();
            case "received" -> receivedMs = value.epochMillis();
            case "contexts" -> contexts = EventContexts.read(value);
            case "spans" -> spans = EventSpans.read(value, detailed);
            case "tags" -> tags = EventTags.read(value);
            case "request" -> headers = RequestHeaders.readRequest(value);
            case "_dsc" -> samplingReplayId = EventContexts.readField(value, "replay_id");
            case "sdk" -> sdk = EventContexts.readField(value, "name");
            case "user" -> user = UserContext.read(value);
            default -> takeDetail(name, value);
        }
    }

    private void takeDetail(String name, JsonCursor value) throws JsonException {
        if (!detailed) {
            value.skip();
            return;
        }
        switch (name) {
            case "exception" -> exception = ExceptionChain.read(value);
            case "culprit" -> culprit = value.string();
            case "logentry" -> message = EventTags.firstOf(readMessage(value), message);
            case "message" -> message = EventTags.firstOf(message, value.string());
            default -> value.skip();
        }
    }

    private static @Nullable String readMessage(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return null;
        }
        String formatted = null;
        String template = null;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "formatted" -> formatted = cursor.string();
                case "message" -> template = cursor.string();
                default -> cursor.skip();
            }
        }
        return EventTags.firstOf(formatted, template);
    }

    /**
     * What went wrong: the last exception of the chain, or the message.
     *
     * @param outerMessage of the message around the event, for events without one of their own
     */
    ErrorDetail error(@Nullable String outerMessage) {
        ErrorDetail detail = exception.toDetail();
        if (detail.getValue() == null && detail.getType() == null) {
            detail.setValue(EventTags.firstOf(message, outerMessage));
        }
        detail.setCulprit(culprit);
        return detail;
    }
}
