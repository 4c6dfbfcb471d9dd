package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.clickhouse.query.TraceStory;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query for the replays of a trace, and its events in them. */
public record TraceQuestion(IdPrefix id, PageOptions options) implements Question<TraceStory> {

    @Override
    public String kind() {
        return "trace";
    }

    @Override
    public String subject() {
        return "trace " + id;
    }

    @Override
    public Answer<TraceStory> ask(Lookup lookup, Clock clock) {
        return lookup.trace(id, options.filter(Cursor.Order.REPLAYS, clock)).map(story -> inFull(story, lookup));
    }

    private static TraceStory inFull(TraceStory story, Lookup lookup) {
        List<ReplayHit> living = lookup.withStates(story.replays().rows());
        return new TraceStory(
                story.traceId(),
                new Page<>(
                        lookup.withEvents(story.traceId(), living),
                        story.replays().next()));
    }

    @Override
    public List<String> text(TraceStory story, SentryLinks sentry) {
        List<String> lines = new ArrayList<>();
        lines.add("Trace " + story.traceId());
        lines.addAll(TextParts.inSentry("", address(story, sentry)));
        for (ReplayHit hit : story.replays().rows()) {
            lines.add("");
            lines.addAll(TextParts.replay(hit.replay(), sentry));
            lines.addAll(TextParts.events(hit.first()));
            if (hit.events() > hit.first().size()) {
                lines.add("  ... and " + (hit.events() - hit.first().size()) + " more");
            }
        }
        lines.addAll(TextParts.next(story.replays()));
        return lines;
    }

    @Override
    public void write(TraceStory story, JsonFields json, SentryLinks sentry) {
        json.text("trace_id", story.traceId());
        json.text("sentry_url", address(story, sentry));
        json.array("replays", story.replays().rows(), hit -> {
            JsonParts.hit(hit, json, sentry);
            json.array("first_events", hit.first(), event -> JsonParts.event(event, json, sentry));
        });
        JsonParts.next(story.replays().next(), json);
    }

    private static @Nullable String address(TraceStory story, SentryLinks sentry) {
        return sentry.trace(ReplaysQuestion.organization(story.replays()), story.traceId());
    }
}
