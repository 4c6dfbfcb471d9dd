package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/** {@code data.tags}: of several tags with one key, the last one with a value counts. */
final class EventTags {

    private @Nullable String replayId;
    private @Nullable String replayIdSnakeCase;
    private @Nullable String replayIdDotted;
    private @Nullable String replayIdAttribute;
    private @Nullable String release;
    private @Nullable String environment;
    private @Nullable Boolean hasReplay;

    private EventTags() {}

    static EventTags read(JsonCursor cursor) throws JsonException {
        EventTags tags = new EventTags();
        EntryReader.readEach(cursor, tags::take);
        return tags;
    }

    private void take(String key, JsonCursor value) throws JsonException {
        switch (key) {
            case "replayId" -> replayId = firstOf(value.text(), replayId);
            case "replay_id" -> replayIdSnakeCase = firstOf(value.text(), replayIdSnakeCase);
            case "replay.id" -> replayIdDotted = firstOf(value.text(), replayIdDotted);
            case "sentry.replay_id" -> replayIdAttribute = firstOf(value.text(), replayIdAttribute);
            case "hasReplay", "has_replay" -> hasReplay = either(value.flag(), hasReplay);
            // Sentry stores the release with its own prefix, SDKs send it without.
            case "release", "sentry:release" -> release = firstOf(value.text(), release);
            case "environment" -> environment = firstOf(value.text(), environment);
            default -> value.skip();
        }
    }

    @Nullable String replayTag() {
        return firstOf(replayId, firstOf(replayIdSnakeCase, firstOf(replayIdDotted, replayIdAttribute)));
    }

    @Nullable String release() {
        return release;
    }

    @Nullable String environment() {
        return environment;
    }

    @Nullable Boolean hasReplay() {
        return hasReplay;
    }

    static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    /** Returns true if either is true, false if either is false and none is true, null if both are null. */
    static @Nullable Boolean either(@Nullable Boolean one, @Nullable Boolean other) {
        return (one == null || Boolean.TRUE.equals(other)) ? other : one;
    }
}
