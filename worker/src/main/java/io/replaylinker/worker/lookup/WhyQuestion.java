package io.replaylinker.worker.lookup;

import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.sinks.clickhouse.query.Answer;
import io.replaylinker.sinks.clickhouse.query.EventOutcome;
import io.replaylinker.sinks.clickhouse.query.EventStory;
import io.replaylinker.sinks.clickhouse.query.IdPrefix;
import io.replaylinker.sinks.clickhouse.query.LinkedEvent;
import io.replaylinker.sinks.clickhouse.query.Lookup;
import io.replaylinker.worker.json.JsonFields;
import io.replaylinker.worker.why.ReasonText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Why does this event have a replay, or none? */
record WhyQuestion(IdPrefix id, ScopeOptions options) implements Question<EventStory> {

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
    public List<String> text(EventStory story) {
        List<String> lines = new ArrayList<>();
        story.links().forEach(link -> linked(link, lines));
        story.outcomes().stream()
                .filter(outcome -> story.links().stream().noneMatch(link -> link.projectId() == outcome.projectId()))
                .forEach(outcome -> unlinked(outcome, lines));
        return lines;
    }

    private static void linked(LinkedEvent link, List<String> lines) {
        lines.add("Event " + link.eventId() + " of project " + Words.id(link.projectId()) + ", received "
                + Words.time(link.receivedAt()) + " UTC");
        lines.add("  claims " + claim(link.method(), link.replayId()));
        lines.add("  linked to replay " + link.replayId() + " of project " + Words.id(link.replayProjectId())
                + ", which started " + Words.time(link.replayStartedAt()) + " UTC");
        lines.add("  method " + link.method() + ", confidence " + link.confidence() + ": " + confidence(link));
        lines.add("  " + (link.confirmed() ? "a segment of the replay was seen" : "no segment of the replay was seen")
                + ", the event lies " + Words.offset(link.offset()) + " from its start"
                + (link.inSession() ? "" : ", outside the replay's life"));
    }

    private static void unlinked(EventOutcome outcome, List<String> lines) {
        lines.add("Event " + outcome.eventId() + " of project " + Words.id(outcome.projectId()) + ", received "
                + Words.time(outcome.receivedAt()) + " UTC");
        lines.add("  claims " + claim(outcome.method(), outcome.claimedReplayId()));
        lines.add("  not linked: " + outcome.outcome() + ", " + meaning(outcome.outcome()));
        if (!outcome.outcome().equals("DELETED") && !outcome.outcome().equals("ARCHIVED")) {
            lines.add("  as told " + Words.time(outcome.toldAt())
                    + " UTC; what turns up within the worker's memory still makes it a link");
        }
    }

    private static String claim(String method, String replay) {
        String named = replay.isEmpty() ? "" : ", which leads to replay " + replay;
        return switch (method) {
            case "replay_id" -> replay.isEmpty() ? "a replay by its id" : "replay " + replay + " by its id";
            case "flag" -> "a replay by the flag, on its trace" + named;
            default -> "nothing but its trace" + named;
        };
    }

    private static String confidence(LinkedEvent link) {
        if (link.method().equals("replay_id")) {
            return "the event names the replay";
        }
        return link.confidence() >= 0.9
                ? "the only replay of its trace"
                : "of several replays of its trace the one that fits in time";
    }

    private static String meaning(String outcome) {
        return switch (outcome) {
            case "LINKED" -> "its link is on its way into the tables";
            case "TAKEN_BACK" -> "the link was taken back: what was seen since speaks against that replay";
            case "DELETED" -> "the event was deleted";
            default ->
                ReasonText.meaning(Arrays.stream(UnlinkedReason.values())
                        .filter(reason -> reason.name().equals(outcome))
                        .findFirst()
                        .orElse(UnlinkedReason.UNKNOWN));
        };
    }

    @Override
    public void write(EventStory story, JsonFields json) {
        new EventQuestion(id, options).write(story, json);
    }

    @Override
    public String unknown() {
        return "it may still wait for its replay (15 minutes by default, and for as long as the replay side lags), or it"
                + " claims none and no replay saw its trace, or it has expired";
    }
}
