package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Cursor;
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

    @Override
    public String unknown(Lookup lookup) {
        return "no segment of it was seen, or it has expired; the command why explains the events that name it";
    }

    @Override
    public void write(ReplayStory story, JsonFields json, SentryLinks sentry) {
        json.object("replay", () -> JsonParts.replay(story.replay(), json, sentry));
        json.array("events", story.events().rows(), event -> JsonParts.event(event, json, sentry));
        JsonParts.next(story.events().next(), json);
    }
}
