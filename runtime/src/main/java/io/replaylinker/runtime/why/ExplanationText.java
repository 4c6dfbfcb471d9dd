package io.replaylinker.runtime.why;

import io.replaylinker.clickhouse.query.EventIds;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Evidence;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.schemas.Verdict;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Explanation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The join's explanation of why an event has a link or not, as text. */
public final class ExplanationText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    private ExplanationText() {}

    /**
     * Lines of text: what the event carries, which evidence was observed, which rule decided, what a link would have required, until when that
     * can change.
     */
    public static List<String> lines(Explanation explanation) {
        ExplanationText text = new ExplanationText();
        text.claim(explanation.claim());
        if (explanation instanceof Explanation.OnTrace onTrace) {
            text.lines.addAll(TraceText.lines(onTrace));
        } else if (explanation instanceof Explanation.AmongLookups amongLookups) {
            text.amongLookups(amongLookups);
        } else if (explanation instanceof Explanation.OfReplay ofReplay) {
            text.ofReplay(ofReplay);
        }
        text.missing(explanation.missing());
        text.lines.add(until(explanation));
        return text.lines;
    }

    private void claim(Claim claim) {
        EventSummary event = claim.getEvent();
        lines.add("Event " + EventIds.shown(Ids.hex(event.getEventId())) + " of project " + event.getProjectId()
                + ", happened " + time(event.getTimestampMs()) + ", received " + time(event.getReceivedMs()));
        for (Evidence evidence : claim.getEvidence()) {
            lines.add("  carries replay " + Ids.hex(evidence.getReplayId()) + ", from its " + place(evidence));
        }
        if (claim.getEvidence().isEmpty()) {
            lines.add("  carries no replay id"
                    + (claim.getFlagged() ? ", but a flag that there is a replay" : "")
                    + (claim.getByEvent() ? "; its recorder may name it" : ""));
        }
    }

    private static String place(Evidence evidence) {
        return switch (evidence.getSource()) {
            case CONTEXT -> "replay context";
            case DSC -> "trace's sampling context";
            case ATTRIBUTE -> "attribute sentry.replay_id";
            case FEEDBACK -> "feedback context";
            case BAGGAGE -> "request's baggage";
            case TAG -> "tag replayId";
            case UNKNOWN -> "a place of another release";
        };
    }

    private void amongLookups(Explanation.AmongLookups among) {
        Claim claim = among.claim();
        if (claim.getByEvent()) {
            lines.add("  recorders that name it: "
                    + (among.named().isEmpty()
                            ? "none"
                            : String.join(
                                    ", ", among.named().stream().map(Ids::hex).toList())));
        }
        for (Verdict verdict : claim.getVerdicts()) {
            lines.add("  trace "
                    + Ids.hex(claim.getLookups().get(verdict.getLookup()).getTraceId()) + ": "
                    + (verdict.getReplayId() == null
                            ? String.valueOf(verdict.getReason())
                            : "replay " + Ids.hex(verdict.getReplayId()) + " " + MethodText.by(verdict.getMethod())));
        }
        if (among.chosen() != null) {
            lines.add("  chosen " + MethodText.by(among.method()) + ": replay " + Ids.hex(among.chosen()) + ", because "
                    + MethodText.rule(among.method()));
        }
    }

    private void ofReplay(Explanation.OfReplay ofReplay) {
        Claim claim = ofReplay.claim();
        if (claim.getReplayId() != null) {
            lines.add("  matched to replay " + Ids.hex(claim.getReplayId()) + " " + MethodText.by(claim.getMethod())
                    + ", confidence " + claim.getConfidence()
                    + (claim.getPathless() ? ", as the only visit of its trace and without a path of spans" : ""));
        }
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
            lines.add("  retracted: later observations contradict this replay");
        } else if (ofReplay.missing() == null) {
            lines.add("  linked" + (ofReplay.inSession() ? "" : ", out of session"));
        }
    }

    private void missing(@Nullable UnlinkedReason missing) {
        if (missing == null) {
            return;
        }
        lines.add("  no link: " + missing + ", " + ReasonText.meaning(missing));
        String advice = ReasonText.advice(missing);
        if (!advice.isEmpty()) {
            lines.add("  " + advice);
        }
    }

    private static String until(Explanation explanation) {
        String until = time(explanation.untilMs());
        if (explanation.closed()) {
            return "  was published as unlinked; later observations until " + until + " still lead to a link";
        }
        return "  may change until the watermark of the replay stream has passed " + until;
    }

    static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }

    static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.3f s", ms / 1000.0);
    }
}
