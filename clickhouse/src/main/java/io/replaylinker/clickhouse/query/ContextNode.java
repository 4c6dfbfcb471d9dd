package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.EventKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event or segment of a trace. Texts come from the sending program and are empty where nothing is known.
 *
 * @param eventId 32 lower hex digits; of a streamed segment its span id and sixteen zeros
 * @param occurrence whether it is an issue-platform event
 * @param type error, default, transaction, span, ...
 * @param name of the call or route
 * @param title of an error: its class and text
 * @param endedAt when it happened; a call: when it ended
 * @param groupId issue of the event, merges and splits followed; 0 when none
 * @param spanId 16 lower hex digits, empty when none; as its parent
 * @param replay the replay that it is linked to; null when none
 */
public record ContextNode(
        String eventId,
        long organizationId,
        long projectId,
        boolean occurrence,
        String type,
        String level,
        String name,
        String title,
        String op,
        String status,
        String platform,
        @Nullable Long durationMs,
        Instant endedAt,
        long groupId,
        String spanId,
        String parentSpanId,
        boolean hasProfile,
        @Nullable LinkedReplay replay) {

    /**
     * The replay that a node is linked to.
     *
     * @param startedAt start of the replay
     * @param confidence of the link, 0 to 1
     */
    public record LinkedReplay(String replayId, Instant startedAt, double confidence) {}

    /** Whether it is a call: a transaction or segment span. All else is an error, a message or an issue-platform event. */
    public boolean isCall() {
        return kind().isCall();
    }

    /** Whether it is an error or message, and no issue-platform event. */
    public boolean isError() {
        return kind().isError();
    }

    private EventKind kind() {
        return EventKind.of(type, occurrence, platform);
    }

    /** When a call began; an error: when it happened. */
    public Instant startedAt() {
        return durationMs == null ? endedAt : endedAt.minusMillis(durationMs);
    }

    /** The displayed id: for a streamed segment the span id of 16 digits. */
    public String shownId() {
        return EventIds.shown(eventId);
    }

    /** Its first eight digits, with which it is found again. */
    public String shortId() {
        return eventId.substring(0, 8);
    }

    /** From the start of its replay, negative if it was earlier; null without a replay. */
    public @Nullable Duration offset() {
        return replay == null ? null : Duration.between(replay.startedAt(), startedAt());
    }

    ContextNode with(@Nullable LinkedReplay replay, long groupId) {
        return new ContextNode(
                eventId,
                organizationId,
                projectId,
                occurrence,
                type,
                level,
                name,
                title,
                op,
                status,
                platform,
                durationMs,
                endedAt,
                groupId,
                spanId,
                parentSpanId,
                hasProfile,
                replay);
    }
}
