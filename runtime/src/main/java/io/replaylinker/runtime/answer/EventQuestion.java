package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.EventStory;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.ReplayStory;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query for the replay of an event. */
public record EventQuestion(IdPrefix id, ScopeOptions options) implements Question<EventStory> {

    @Override
    public String kind() {
        return "event";
    }

    @Override
    public String subject() {
        return "event " + id;
    }

    @Override
    public Answer<EventStory> ask(Lookup lookup, Clock clock) {
        return lookup.event(
                id,
                Filter.page(1).of(options.organization()).in(options.project()).since(options.since(clock)));
    }

    @Override
    public List<String> text(EventStory story, SentryLinks sentry) {
        List<String> lines = new ArrayList<>();
        for (LinkedEvent event : story.links()) {
            lines.add("Event " + event.shownId() + "  project " + Words.id(event.projectId()) + ", organization "
                    + Words.id(event.organizationId()));
            lines.add("  " + Words.cut(event.kind(), 40) + ", " + Words.time(event.eventAt()) + " UTC, "
                    + TextParts.what(event) + ", " + TextParts.dash(Words.cut(event.transaction(), 80)));
            lines.add("  replay " + event.replayId() + " of project " + Words.id(event.replayProjectId()) + ", "
                    + Words.offset(event.offset()) + " from its start"
                    + (event.inSession() ? "" : ", outside the session"));
            lines.add("  " + TextParts.by(event) + ", linked " + Words.time(event.linkedAt()) + " UTC"
                    + (event.confirmed() ? "" : ", not confirmed by a segment"));
            lines.addAll(TextParts.inSentry(event, sentry));
        }
        for (EventOutcome outcome : story.outcomes()) {
            if (isWithoutLink(outcome, story)) {
                lines.add("Event " + outcome.shownId() + "  project " + Words.id(outcome.projectId())
                        + ", organization " + Words.id(outcome.organizationId()));
                lines.add("  no replay: " + outcome.outcome() + "; the command why has more");
            }
        }
        return lines;
    }

    /** Whether the links do not contain the event of this outcome. */
    static boolean isWithoutLink(EventOutcome outcome, EventStory story) {
        return story.links().stream()
                .noneMatch(
                        link -> link.projectId() == outcome.projectId() && link.occurrence() == outcome.occurrence());
    }

    @Override
    public void write(EventStory story, JsonFields json, SentryLinks sentry) {
        json.text("event_id", story.eventId());
        json.array("links", story.links(), event -> JsonParts.event(event, json, sentry));
        json.array("outcomes", story.outcomes(), outcome -> JsonParts.outcome(outcome, json));
        json.array("replays", story.replays(), replay -> JsonParts.replay(replay, json, sentry));
    }

    /** What to do if the id is that of a replay. */
    Optional<String> ofReplay(Lookup lookup) {
        Answer<ReplayStory> replay = lookup.replay(id, Filter.page(1).of(options.organization()));
        return replay instanceof Answer.Unknown
                ? Optional.empty()
                : Optional.of((id.isWhole() ? "it is the id of a replay" : "the id of a replay begins with it")
                        + "; see lookup replay " + id);
    }

    @Override
    public NotFound unknown(Lookup lookup, Clock clock) {
        return NotFound.because(
                ofReplay(lookup)
                        .orElse(
                                "it is no error and no replay was seen on its trace, or it still waits, or all of it has expired"));
    }
}
