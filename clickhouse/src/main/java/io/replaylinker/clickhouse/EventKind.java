package io.replaylinker.clickhouse;

import io.replaylinker.schemas.EventSummary;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sort of event it is, and which side sent it. The one place for this rule in Java; column {@code kind} of {@code replay_links} is the
 * one in SQL, and a test compares both for every combination.
 */
public enum EventKind {
    /** An error or message of a backend: what a share of errors counts. */
    BACKEND_ERROR(1),
    /** A transaction or a streamed segment span of a backend. */
    BACKEND_CALL(2),
    FRONTEND_ERROR(4),
    FRONTEND_CALL(8),
    /** An issue-platform event (feedback, rage_click, performance, ...): neither an error nor a call, whatever its level. */
    BACKEND_OCCURRENCE(16),
    FRONTEND_OCCURRENCE(32);

    private static final Set<String> FRONTENDS = Set.of("javascript", "cocoa", "java-android", "dart");

    private final int code;

    EventKind(int code) {
        this.code = code;
    }

    /** Of an event that a link carries. */
    public static EventKind of(EventSummary event) {
        return of(event.getType(), event.getOccurrence(), event.getPlatform());
    }

    /**
     * Of an event with these fields.
     *
     * @param type error, default, transaction, span, ...; in any case
     * @param occurrence whether it is an issue-platform event
     * @param platform what browsers and apps send is frontend, all else backend
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

    /** A power of two, as in column {@code kind}. */
    public int code() {
        return code;
    }

    public boolean isFrontend() {
        return this == FRONTEND_ERROR || this == FRONTEND_CALL || this == FRONTEND_OCCURRENCE;
    }

    /** A transaction or a segment span. */
    public boolean isCall() {
        return this == BACKEND_CALL || this == FRONTEND_CALL;
    }

    /** An error or message. */
    public boolean isError() {
        return this == BACKEND_ERROR || this == FRONTEND_ERROR;
    }

    /** An issue-platform event. */
    public boolean isOccurrence() {
        return this == BACKEND_OCCURRENCE || this == FRONTEND_OCCURRENCE;
    }
}
