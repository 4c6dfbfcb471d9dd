package io.replaylinker.serdes.sentry;

import java.util.List;
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
    List<String> clientSpans = List.of();

    @Nullable EventTags tags;

    @Nullable RequestHeaders headers;

    static EventData read(JsonCursor cursor) throws JsonException {
        EventData data = new EventData();
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
            case "spans" -> clientSpans = ClientSpans.read(value);
            case "tags" -> tags = EventTags.read(value);
            case "request" -> headers = RequestHeaders.readRequest(value);
            case "_dsc" -> samplingReplayId = EventContexts.readField(value, "replay_id");
            case "sdk" -> sdk = EventContexts.readField(value, "name");
            case "user" -> user = UserContext.read(value);
            default -> value.skip();
        }
    }
}
