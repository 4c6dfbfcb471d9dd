package io.replaylinker.serdes.sentry;

import org.jspecify.annotations.Nullable;

/**
 * {@code occurrence_data} of an issue-platform event: the kind of issue as a short name.
 *
 * <p>Source of the numbers: {@code type_id} of the group types in Sentry's public sources ({@code issues/grouptype.py}, and
 * {@code grouptype.py} of monitors, uptime and incidents). The first of four digits is the family. Only the types of replays have a name
 * each.
 */
final class Occurrence {

    private static final long NO_TYPE = -1;

    private Occurrence() {}

    /** Returns the kind of issue. Null if the value is not an object or has no type, so the event is an ordinary one. */
    static @Nullable String readKind(JsonCursor cursor) throws JsonException {
        if (!cursor.enterObject()) {
            return null;
        }
        long type = NO_TYPE;
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            if (name.equals("type")) {
                type = cursor.integer(NO_TYPE);
            } else {
                cursor.skip();
            }
        }
        return type < 0 ? null : kind(type);
    }

    private static String kind(long type) {
        if (type < 1000 || type > 9999) {
            return "occurrence";
        }
        return switch ((int) type / 1000) {
            case 1 -> "performance";
            case 2 -> "profile";
            case 4 -> "cron";
            case 5 -> replayKind(type);
            case 6 -> "feedback";
            case 7 -> "uptime";
            case 8 -> "metric";
            default -> "occurrence";
        };
    }

    private static String replayKind(long type) {
        return type == 5001
                ? "dead_click"
                : type == 5002 ? "rage_click" : type == 5003 ? "hydration_error" : "occurrence";
    }
}
