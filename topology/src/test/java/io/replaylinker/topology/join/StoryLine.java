package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
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
            return "event " + id(event.getEventId()) + " of " + event.getProjectId() + " (organization "
                    + event.getOrganizationId() + ")" + named(" replay ", event.getReplayId())
                    + named(" trace ", event.getTraceId())
                    + (Boolean.TRUE.equals(event.getHasReplay()) ? " flag" : "") + " at " + time(event.getTimestampMs())
                    + " received " + time(event.getReceivedMs());
        }
        if (record instanceof ReplaySegment segment) {
            return (segment.getIsArchived() ? "archive" : "segment " + segment.getSegmentId()) + " of replay "
                    + id(segment.getReplayId()) + " in " + segment.getProjectId() + " traces "
                    + segment.getTraceIds().stream().map(StoryLine::id).collect(Collectors.joining(" ", "[", "]"))
                    + " from " + time(segment.getReplayStartMs()) + " received " + time(segment.getReceivedMs());
        }
        Arrival.Deletion deletion = (Arrival.Deletion) record;
        return "deletion of event " + id(deletion.event()) + " of " + deletion.project();
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
