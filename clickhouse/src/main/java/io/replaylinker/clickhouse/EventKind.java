package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kind of an event, and the side that sent it. This is the one implementation of the rule in Java. Column {@code kind} of
 * {@code replay_links} is the one in SQL. A test compares both for every combination.
 */
public enum EventKind {
    /** An error or message of a backend. The linked share of errors counts these. */
    BACKEND_ERROR(1),
    /** A transaction or a streamed segment span of a backend. */
    BACKEND_CALL(2),
    FRONTEND_ERROR(4),
    FRONTEND_CALL(8),
    /** An issue-platform event (feedback, rage_click, performance, ...). It is neither an error nor a call, whatever its level. */
    BACKEND_OCCURRENCE(16),
    FRONTEND_OCCURRENCE(32);

    private static final Set<String> FRONTENDS = Set.of("javascript", "cocoa", "java-android", "dart");

    private final int code;

    EventKind(int code) {
        this.code = code;
    }

    /** Returns the kind of the event in a link. */
    public static EventKind of(EventSummary event) {
        return of(event.getType(), event.getOccurrence(), event.getPlatform());
    }

    /**
     * Returns the kind of an event with these fields.
     *
     * @param type error, default, transaction, span, ...; case does not matter
     * @param occurrence whether it is an issue-platform event
     * @param platform browser and app platforms are frontend, all others backend
     */
    public static EventKind of(String type, boolean occurrence, @Nullable String platform) {
        boolean frontend = platform != null && FRONTENDS.contains(platform);
        if (occurrence) {
            return frontend ? FRONTEND_OCCURRENCE : BACKEND_OCCURRENCE;
        }
        if (type.equalsIgnoreCase("transaction") || type.equalsIgnoreCase("span")) {
            return frontend ? FRONTEND_CALL : BACKEND_CALL;
        }
        return frontend ? FRONTEND_ERROR : BACKEND_ERROR;
    }

    /** The value of column {@code kind}, a power of two. */
    public int code() {
        return code;
    }

    public boolean isFrontend() {
        return this == FRONTEND_ERROR || this == FRONTEND_CALL || this == FRONTEND_OCCURRENCE;
    }

    /** Returns whether it is a transaction or a segment span. */
    public boolean isCall() {
        return this == BACKEND_CALL || this == FRONTEND_CALL;
    }

    /** Returns whether it is an error or message. */
    public boolean isError() {
        return this == BACKEND_ERROR || this == FRONTEND_ERROR;
    }

    /** Returns whether it is an issue-platform event. */
    public boolean isOccurrence() {
        return this == BACKEND_OCCURRENCE || this == FRONTEND_OCCURRENCE;
    }
}
