package io.replaylinker.worker.why;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Method;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Explanation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What the join knows of an event, for whoever asks why it has a link or none. */
public final class ExplanationText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    private ExplanationText() {}

    /** Lines of text: what was claimed, what was seen, what is missing, until when that can change. */
    public static List<String> lines(Explanation explanation) {
        ExplanationText text = new ExplanationText();
        text.claim(explanation.claim());
        if (explanation instanceof Explanation.OnTrace onTrace) {
            text.onTrace(onTrace);
        } else if (explanation instanceof Explanation.OfReplay ofReplay) {
            text.ofReplay(ofReplay);
        }
        text.lines.add(until(explanation));
        return text.lines;
    }

    private void claim(Claim claim) {
        EventSummary event = claim.getEvent();
        lines.add("Event " + Ids.hex(event.getEventId()) + " of project " + event.getProjectId() + ", received "
                + time(event.getReceivedMs()));
        lines.add("  claims " + claimed(claim));
    }

    private static String claimed(Claim claim) {
        String trace = claim.getEvent().getTraceId() == null
                ? ""
                : "trace " + Ids.hex(claim.getEvent().getTraceId());
        String replay = claim.getReplayId() == null ? "" : "replay " + Ids.hex(claim.getReplayId());
        if (claim.getMethod() == Method.REPLAY_ID) {
            return replay + " by its id";
        }
        String way = claim.getMethod() == Method.FLAG ? "a replay by the flag, on " + trace : "nothing but " + trace;
        return replay.isEmpty() ? way : way + ", which leads to " + replay;
    }

    private void onTrace(Explanation.OnTrace onTrace) {
        for (Explanation.Candidate replay : onTrace.replays()) {
            lines.add(
                    "  seen on the trace: replay " + Ids.hex(replay.replay()) + ", " + time(replay.startedMs()) + " to "
                            + time(replay.lastSeenMs()) + ", "
                            + (replay.gapMs() == 0
                                    ? "the event lies inside"
                                    : "the event lies %.3f s outside".formatted(replay.gapMs() / 1000.0)));
        }
        if (onTrace.foreign() > 0) {
            lines.add("  seen on the trace: " + onTrace.foreign()
                    + " more of other organizations, or of projects that nobody has placed yet");
        }
        if (onTrace.shared()) {
            lines.add("  the trace has more replays than are kept");
        }
        if (onTrace.chosen() != null) {
            lines.add("  chosen: replay " + Ids.hex(onTrace.chosen()) + ", confidence " + onTrace.confidence());
        } else if (onTrace.missing() != null) {
            lines.add("  no replay chosen: " + onTrace.missing() + ", " + ReasonText.meaning(onTrace.missing()));
        }
    }

    private void ofReplay(Explanation.OfReplay ofReplay) {
        for (Explanation.Seen seen : ofReplay.seen()) {
            lines.add("  seen of the replay: project " + seen.projectId() + ", "
                    + (seen.organizationId() == 0 ? "organization unknown" : "organization " + seen.organizationId())
                    + ", " + time(seen.startedMs()) + " to " + time(seen.lastSeenMs())
                    + (seen.archived()
                            ? ", archived"
                            : seen.proven() ? ", up to segment " + seen.lastSegment() : ", no segment"));
        }
        if (ofReplay.seen().isEmpty()) {
            lines.add("  seen of the replay: nothing");
        }
        if (ofReplay.withdrawn()) {
            lines.add("  taken back: what was seen on the trace since speaks against this replay");
        } else if (ofReplay.missing() == null) {
            lines.add("  linked" + (ofReplay.inSession() ? "" : ", out of session"));
        } else {
            lines.add("  not linked: " + ofReplay.missing() + ", " + ReasonText.meaning(ofReplay.missing()));
        }
    }

    private static String until(Explanation explanation) {
        String until = time(explanation.untilMs());
        if (explanation.closed()) {
            return "  was told as unlinked; what turns up until " + until + " still makes it a link";
        }
        return "  may change until the replay side has passed " + until;
    }

    private static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }
}
