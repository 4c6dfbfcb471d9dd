package io.replaylinker.clickhouse.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an error is, and the replays that show it. Texts come from the sending program and are empty where nothing is known.
 *
 * @param eventId 32 lower hex digits
 * @param groupId issue of the error, merges and splits followed; 0 when none
 * @param type class of the exception, empty of a message
 * @param value text of the exception, or the message
 * @param handled whether the program caught it; null when unknown
 * @param frames of the stack, the newest first
 * @param traceId empty when none
 * @param links to replays, none when there is no link
 */
public record ErrorStory(
        String eventId,
        long organizationId,
        long projectId,
        long groupId,
        String type,
        String value,
        String culprit,
        String level,
        @Nullable Boolean handled,
        String transaction,
        String platform,
        String release,
        String environment,
        Instant eventAt,
        String traceId,
        String spanId,
        List<Frame> frames,
        List<LinkedEvent> links) {

    public ErrorStory {
        frames = List.copyOf(frames);
        links = List.copyOf(links);
    }

    /**
     * A call on the stack. Texts are empty where nothing is known.
     *
     * @param line 0 when unknown
     * @param inApp whether it is of the program itself and not of a library
     */
    public record Frame(String function, String file, long line, boolean inApp) {}

    ErrorStory with(List<LinkedEvent> links, long groupId) {
        return new ErrorStory(
                eventId,
                organizationId,
                projectId,
                groupId,
                type,
                value,
                culprit,
                level,
                handled,
                transaction,
                platform,
                release,
                environment,
                eventAt,
                traceId,
                spanId,
                frames,
                links);
    }
}
