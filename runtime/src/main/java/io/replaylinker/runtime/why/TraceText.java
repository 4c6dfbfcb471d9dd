package io.replaylinker.runtime.why;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Explanation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text for the evidence on a trace: the path of spans above an event, and every visit. */
final class TraceText {

    private final Explanation.OnTrace trace;
    private final List<String> lines = new ArrayList<>();

    private TraceText(Explanation.OnTrace trace) {
        this.trace = trace;
    }

    static List<String> lines(Explanation.OnTrace trace) {
        TraceText text = new TraceText(trace);
        text.lookup(trace.claim());
        text.path();
        text.visits();
        text.decision();
        return text.lines;
    }

    private void lookup(Claim claim) {
        String parents = claim.getLookups().stream()
                .filter(lookup -> lookup.getTraceId().equals(trace.trace()))
                .findFirst()
                .map(Lookup::getParents)
                .orElse(List.of())
                .stream()
                .map(Ids::hex)
                .reduce((one, other) -> one + ", " + other)
                .map(spans -> ", below span " + spans)
                .orElse(", without a span above it");
        boolean shown = trace.trace().equals(claim.getEvent().getTraceId());
        lines.add("  looked up on trace " + Ids.hex(trace.trace()) + (shown ? "" : " of its request's headers")
                + parents);
    }

    private void path() {
        if (trace.bySegment()) {
            lines.add("  path: begins at the only segment of its project that was running then");
        }
        for (Explanation.PathSpan span : trace.path()) {
            lines.add("  path: span " + span.span() + ", project " + span.projectId() + ", "
                    + (span.client() ? "browser or app" : "server")
                    + (span.root() ? ", a page load or navigation" : span.segment() ? ", a call" : "")
                    + names(span.replay()));
        }
        lines.add("  path ends " + end());
    }

    private static String names(@Nullable Id replay) {
        return replay == null ? ", names no replay" : ", names replay " + Ids.hex(replay);
    }

    private String end() {
        return switch (trace.pathEnd()) {
            case REPLAY -> "at a span that names a replay";
            case VISIT -> "in a browser or app that names no replay";
            case OPEN ->
                trace.path().isEmpty()
                        ? "immediately: no span above the event was seen"
                        : "here: the span above was not seen";
        };
    }

    private void visits() {
        for (Explanation.SeenVisit visit : trace.visits()) {
            lines.add("  visit: "
                    + (visit.replay() == null
                            ? "page load " + visit.rootSpan() + " that names no replay"
                            : "replay " + Ids.hex(visit.replay()))
                    + ", seen here from " + ExplanationText.time(visit.startedMs()) + " to "
                    + ExplanationText.time(visit.lastSeenMs())
                    + (visit.gapMs() == 0
                            ? ", the event lies inside"
                            : ", the event lies " + ExplanationText.seconds(visit.gapMs()) + " outside")
                    + (visit.sameUser() ? ", of the event's user" : ""));
        }
        if (trace.visits().isEmpty()) {
            lines.add("  visit: none was seen on the trace");
        }
        if (trace.foreign() > 0) {
            lines.add("  visit: " + trace.foreign()
                    + " more of other organizations, or of projects whose organization is unknown");
        }
        if (trace.crowded()) {
            lines.add("  visit: there are more visits or spans than are kept");
        }
    }

    private void decision() {
        if (trace.chosen() != null) {
            lines.add("  chosen " + MethodText.by(trace.method()) + ": replay " + Ids.hex(trace.chosen())
                    + ", confidence " + trace.confidence() + ", because " + TraceRule.of(trace));
        } else {
            lines.add("  not chosen, because " + TraceRule.of(trace));
        }
    }
}
