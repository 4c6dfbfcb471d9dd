package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.ReplayStory;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A query for the events of a replay. */
public record ReplayQuestion(IdPrefix id, PageOptions options) implements Question<ReplayStory> {

    @Override
    public String kind() {
        return "replay";
    }

    @Override
    public String subject() {
        return "replay " + id;
    }

    @Override
    public Answer<ReplayStory> ask(Lookup lookup, Clock clock) {
        return lookup.replay(id, options.filter(Cursor.Order.EVENTS, clock));
    }

    @Override
    public List<String> text(ReplayStory story, SentryLinks sentry) {
        List<String> lines = new ArrayList<>(TextParts.replay(story.replay(), sentry));
        lines.add("");
        if (story.events().rows().isEmpty()) {
            lines.add("  no events");
        } else {
            lines.addAll(TextParts.events(story.events().rows()));
        }
        lines.addAll(TextParts.next(story.events()));
        return lines;
    }

    /** The events that name it may be all that the tables have. */
    @Override
    public NotFound unknown(Lookup lookup, Clock clock) {
        List<EventOutcome> naming = namedBy(lookup, clock);
        String many = naming.size() == EventOutcome.MOST ? "at least " : "";
        return new NotFound(
                "no segment of it was seen, or it has expired; "
                        + (naming.isEmpty()
                                ? "no event of the last 14 days names it"
                                : many + (naming.size() == 1 ? "1 event names it" : naming.size() + " events name it")
                                        + ", and the command why explains each"),
                naming.isEmpty() ? List.of() : TextParts.outcomes(naming),
                json -> namedBy(naming, json));
    }

    /** The events that name it or whose trace led to it, {@link EventOutcome#MOST} at most. For a replay of which nothing else is known. */
    List<EventOutcome> namedBy(Lookup lookup, Clock clock) {
        return lookup.naming(id, options.filter(Cursor.Order.EVENTS, clock))
                        instanceof Answer.Found<List<EventOutcome>> found
                ? found.value()
                : List.of();
    }

    static void namedBy(List<EventOutcome> naming, JsonFields json) {
        json.array("named_by", naming, outcome -> JsonParts.outcome(outcome, json));
    }

    @Override
    public void write(ReplayStory story, JsonFields json, SentryLinks sentry) {
        json.object("replay", () -> JsonParts.replay(story.replay(), json, sentry));
        json.array("events", story.events().rows(), event -> JsonParts.event(event, json, sentry));
        JsonParts.next(story.events().next(), json);
    }
}
