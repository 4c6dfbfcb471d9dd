package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/** {@code data.contexts}: the trace, the replay, the profile and the user feedback of the event. */
record EventContexts(
        TraceContext trace,
        @Nullable String replayId,
        @Nullable String profileId,
        @Nullable String feedbackReplayId) {

    static final EventContexts NONE = new EventContexts(TraceContext.NONE, null, null, null);

    static EventContexts read(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return NONE;
        }
        TraceContext trace = TraceContext.NONE;
        String replayId = null;
        String profileId = null;
        String feedbackReplayId = null;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "trace" -> trace = TraceContext.read(cursor);
                case "replay" -> replayId = readField(cursor, "replay_id");
                case "profile" -> profileId = readField(cursor, "profile_id");
                case "feedback" -> feedbackReplayId = readField(cursor, "replay_id");
                default -> cursor.skip();
            }
        }
        return new EventContexts(trace, replayId, profileId, feedbackReplayId);
    }

    /** Returns the one wanted string of an object. */
    static @Nullable String readField(JsonCursor cursor, String wanted) throws JsonException {
        if (!cursor.enterObject()) {
            return null;
        }
        String value = null;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            if (name.equals(wanted)) {
                value = cursor.string();
            } else {
                cursor.skip();
            }
        }
        return value;
    }
}
