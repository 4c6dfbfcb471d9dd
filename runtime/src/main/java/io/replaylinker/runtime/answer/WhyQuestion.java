package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.EventStory;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.why.MethodText;
import io.replaylinker.runtime.why.ReasonText;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A query for why an event has a replay or not. */
public record WhyQuestion(IdPrefix id, ScopeOptions options) implements Question<EventStory> {

    /** Confidence of the only visit of a trace. */
    private static final double ONE_VISIT = 0.9;

    @Override
    public String kind() {
        return "why";
    }

    @Override
    public String subject() {
        return "event " + id;
    }

    @Override
    public Answer<EventStory> ask(Lookup lookup, Clock clock) {
        return new EventQuestion(id, options).ask(lookup, clock);
    }

    @Override
    public List<String> text(EventStory story, SentryLinks sentry) {
        List<String> lines = new ArrayList<>();
        story.links().forEach(link -> {
            linked(link, lines);
            lines.addAll(TextParts.inSentry(link, sentry));
        });
        story.outcomes().stream()
                .filter(outcome -> EventQuestion.isWithoutLink(outcome, story))
                .forEach(outcome -> unlinked(outcome, lines));
        return lines;
    }

    private static void linked(LinkedEvent link, List<String> lines) {
        lines.add("Event " + link.shownId() + " of project " + Words.id(link.projectId()) + ", received "
                + Words.time(link.receivedAt()) + " UTC");
        lines.add("  linked to replay " + link.replayId() + " of project " + Words.id(link.replayProjectId())
                + ", which started " + Words.time(link.replayStartedAt()) + " UTC");
        lines.add("  method " + link.method() + ", confidence " + link.confidence() + ": " + rule(link));
        lines.add("  " + (link.confirmed() ? "a segment of the replay was seen" : "no segment of the replay was seen")
                + ", the event is " + Words.offset(link.offset()) + " from its start"
                + (link.inSession() ? "" : ", outside the replay"));
    }

    private static void unlinked(EventOutcome outcome, List<String> lines) {
        lines.add("Event " + outcome.shownId() + " of project " + Words.id(outcome.projectId()) + ", received "
                + Words.time(outcome.receivedAt()) + " UTC");
        lines.add("  " + named(outcome));
        lines.add("  not linked: " + outcome.outcome() + ", " + meaning(outcome.outcome()));
        reason(outcome.outcome())
                .map(ReasonText::advice)
                .filter(advice -> !advice.isEmpty())
                .ifPresent(advice -> lines.add("  " + advice));
        if (!outcome.outcome().equals("DELETED") && !outcome.outcome().equals("ARCHIVED")) {
            lines.add("  as published " + Words.time(outcome.publishedAt())
                    + " UTC; records that arrive within the worker's memory can still link it");
        }
    }

    private static String named(EventOutcome outcome) {
        String replay = outcome.claimedReplayId();
        if (outcome.method().equals(MethodText.name(Method.REPLAY_ID))) {
            return "names " + (replay.isEmpty() ? "a replay" : "replay " + replay);
        }
        return (outcome.claimed() ? "indicates that there is a replay, without its id" : "names no replay")
                + (replay.isEmpty() ? "" : "; its trace leads to replay " + replay);
    }

    private static String rule(LinkedEvent link) {
        boolean nearest = link.method().equals(MethodText.name(Method.TRACE)) && link.confidence() < ONE_VISIT;
        return nearest
                ? "of several visits on its trace it is the nearest in time"
                : MethodText.rule(MethodText.of(link.method()));
    }

    private static Optional<UnlinkedReason> reason(String outcome) {
        return Arrays.stream(UnlinkedReason.values())
                .filter(reason -> reason.name().equals(outcome))
                .findFirst();
    }

    private static String meaning(String outcome) {
        return switch (outcome) {
            case "LINKED" -> "its link is not in the tables yet";
            case "TAKEN_BACK" -> "the link was retracted: later records contradict it";
            case "DELETED" -> "the event was deleted";
            default -> ReasonText.meaning(reason(outcome).orElse(UnlinkedReason.UNKNOWN));
        };
    }

    @Override
    public void write(EventStory story, JsonFields json, SentryLinks sentry) {
        new EventQuestion(id, options).write(story, json, sentry);
    }

    @Override
    public NotFound unknown(Lookup lookup, Clock clock) {
        return NotFound.because(new EventQuestion(id, options)
                .ofReplay(lookup)
                .orElse(
                        "it may still wait for its replay (15 minutes by default, and for as long as the replay side lags), or it"
                                + " is no error and no replay was seen on its trace, or it has expired"));
    }
}
