package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.topology.Samples;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A step of a story as one line: time, kind, ids. */
final class StoryLine {

    private StoryLine() {}

    static String of(Story.Step step) {
        Arrival arrival = step.arrival();
        Move.Turn turn = step.turn();
        return time(arrival.recordMs()) + " " + of(arrival.record())
                + (arrival.takenIn() > arrival.epoch()
                        ? ", held up until " + time(Story.startMs(arrival.takenIn()))
                        : "")
                + (turn.again() == 1 ? ", twice" : "")
                + (turn.passes() > 0 ? ", confirm takes " + turn.passes() : "")
                + (turn.expires() > 0 ? ", expires " + turn.expires() : "");
    }

    private static String of(Object record) {
        if (record instanceof BackendEvent event) {
            return of(event);
        }
        if (record instanceof Span span) {
            return span.getIsSegment() ? "segment span " + of(span) : "edge " + of(span);
        }
        if (record instanceof ReplaySegment segment) {
            return (segment.getIsArchived() ? "archive" : "segment " + segment.getSegmentId()) + " of replay "
                    + id(segment.getReplayId()) + " in " + segment.getProjectId() + " traces "
                    + segment.getTraceIds().stream().map(StoryLine::id).collect(Collectors.joining(" ", "[", "]"))
                    + " names "
                    + segment.getErrorIds().stream().map(StoryLine::id).toList()
                    + user(segment.getUserId(), segment.getUserAddress())
                    + " from " + time(segment.getReplayStartMs()) + " to " + time(segment.getTimestampMs())
                    + " received " + time(segment.getReceivedMs());
        }
        Arrival.Deletion deletion = (Arrival.Deletion) record;
        return "deletion of event " + id(deletion.event()) + " of " + deletion.project();
    }

    private static String of(BackendEvent event) {
        return (event.getOp() == null ? event.getType() : event.getOp()) + " " + id(event.getEventId()) + " of "
                + event.getProjectId() + " (organization " + event.getOrganizationId() + ")"
                + named(" replay ", event.getReplayId()) + named(" trace ", event.getTraceId())
                + named(" span ", event.getSpanId()) + named(" parent ", event.getParentSpanId())
                + (event.getClientSpanIds().isEmpty() ? "" : " calls " + event.getClientSpanIds())
                + named(" header ", event.getSentryTrace()) + named(" baggage ", event.getBaggage())
                + user(event.getUserId(), event.getUserAddress())
                + (event.getReplayIsBuffering() ? " buffering" : "")
                + (Boolean.TRUE.equals(event.getHasReplay()) ? " flag" : "") + " from "
                + time(event.getStartTimestampMs()) + " at " + time(event.getTimestampMs()) + " received "
                + time(event.getReceivedMs());
    }

    private static String of(Span span) {
        return id(span.getSpanId()) + " of " + span.getProjectId() + " (organization " + span.getOrganizationId() + ") "
                + span.getPlatform() + " " + span.getOp() + named(" replay ", span.getReplayId())
                + named(" trace ", span.getTraceId())
                + named(" parent ", span.getParentSpanId()) + named(" segment ", span.getSegmentId())
                + named(" header ", span.getSentryTrace()) + named(" baggage ", span.getBaggage())
                + user(span.getUserId(), span.getUserAddress()) + (span.getReplayIsBuffering() ? " buffering" : "")
                + " from " + time(span.getStartTimestampMs()) + " at " + time(span.getTimestampMs()) + " received "
                + time(span.getReceivedMs());
    }

    private static String user(@Nullable String id, @Nullable String address) {
        return named(" user ", id) + named(" address ", address);
    }

    private static String named(String name, @Nullable String id) {
        return id == null ? "" : name + id(id);
    }

    private static String id(String hex) {
        return hex.replaceFirst("^0+", "");
    }

    /** Hours, minutes and seconds since the story began. */
    static String time(@Nullable Long ms) {
        if (ms == null || Math.abs(ms - Samples.TEN) > 90_000_000) {
            return String.valueOf(ms);
        }
        long since = Math.abs(ms - Samples.TEN);
        return String.format(
                "%s%d:%02d:%06.3f",
                ms < Samples.TEN ? "-" : "", since / 3_600_000, since / 60_000 % 60, since % 60_000 / 1000.0);
    }
}
