package io.replaylinker.runtime.why;

import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.schemas.Verdict;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Explanation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The same as {@link ExplanationText}, as fields of a JSON object, beside the text's lines. */
public final class ExplanationJson {

    private ExplanationJson() {}

    /** Writes the fields; those that only another step of the join knows are left out. */
    public static void write(Explanation explanation, JsonFields json) {
        Claim claim = explanation.claim();
        json.text("event_id", Ids.hex(claim.getEvent().getEventId()));
        json.id("project_id", claim.getEvent().getProjectId());
        if (explanation instanceof Explanation.OnTrace onTrace) {
            onTrace(onTrace, json);
        } else if (explanation instanceof Explanation.AmongLookups among) {
            among(among, json);
        } else if (explanation instanceof Explanation.OfReplay ofReplay) {
            ofReplay(ofReplay, json);
        }
        UnlinkedReason missing = explanation.missing();
        json.text("reason", missing == null ? null : missing.name());
        json.text("meaning", missing == null ? null : ReasonText.meaning(missing));
        json.text("needed", missing == null ? null : ReasonText.advice(missing));
        json.time("until", Instant.ofEpochMilli(explanation.untilMs()));
        json.flag("closed", explanation.closed());
        json.texts("lines", ExplanationText.lines(explanation));
    }

    private static void onTrace(Explanation.OnTrace trace, JsonFields json) {
        json.text("step", "trace");
        json.text("trace_id", Ids.hex(trace.trace()));
        json.array("path", trace.path(), span -> {
            json.text("span_id", span.span());
            json.id("project_id", span.projectId());
            json.text("side", span.client() ? "browser" : "server");
            json.flag("root", span.root());
            json.flag("segment", span.segment());
            json.text("replay_id", hex(span.replay()));
        });
        json.text("path_end", trace.pathEnd().name().toLowerCase(Locale.ROOT));
        json.flag("path_by_segment", trace.bySegment());
        json.array("visits", trace.visits(), visit -> {
            json.text("replay_id", hex(visit.replay()));
            json.text("root_span_id", visit.rootSpan());
            json.flag("same_user", visit.sameUser());
            json.time("started_at", Instant.ofEpochMilli(visit.startedMs()));
            json.time("last_seen_at", Instant.ofEpochMilli(visit.lastSeenMs()));
            json.number("gap_ms", visit.gapMs());
        });
        json.number("foreign_visits", (long) trace.foreign());
        json.flag("crowded", trace.crowded());
        json.text("rule", TraceRule.of(trace));
        chosen(trace.chosen(), trace.method(), json);
        json.decimal("confidence", trace.confidence());
    }

    private static void among(Explanation.AmongLookups among, JsonFields json) {
        json.text("step", "event");
        json.texts("named_by", among.named().stream().map(Ids::hex).toList());
        List<Verdict> verdicts = among.claim().getVerdicts();
        json.array("lookups", verdicts, verdict -> {
            json.text(
                    "trace_id",
                    Ids.hex(among.claim().getLookups().get(verdict.getLookup()).getTraceId()));
            chosen(verdict.getReplayId(), verdict.getMethod(), json);
            json.text(
                    "reason",
                    verdict.getReason() == null ? null : verdict.getReason().name());
        });
        chosen(among.chosen(), among.method(), json);
    }

    private static void ofReplay(Explanation.OfReplay ofReplay, JsonFields json) {
        json.text("step", "replay");
        json.array("seen", ofReplay.seen(), seen -> {
            json.id("project_id", seen.projectId());
            json.id("organization_id", seen.organizationId());
            json.time("started_at", Instant.ofEpochMilli(seen.startedMs()));
            json.time("last_seen_at", Instant.ofEpochMilli(seen.lastSeenMs()));
            json.number("last_segment", (long) seen.lastSegment());
            json.flag("proven", seen.proven());
            json.flag("archived", seen.archived());
        });
        json.flag("in_session", ofReplay.inSession());
        json.flag("withdrawn", ofReplay.withdrawn());
        chosen(ofReplay.claim().getReplayId(), ofReplay.claim().getMethod(), json);
        json.decimal("confidence", ofReplay.claim().getConfidence());
    }

    private static void chosen(@Nullable Id replay, Method method, JsonFields json) {
        json.text("replay_id", hex(replay));
        json.text("method", method == Method.UNKNOWN ? null : MethodText.name(method));
    }

    private static @Nullable String hex(@Nullable Id id) {
        return id == null ? null : Ids.hex(id);
    }
}
