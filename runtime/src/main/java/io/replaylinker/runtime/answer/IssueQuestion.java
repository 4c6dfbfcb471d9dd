package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.IssueStory;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query for a page of the replays of an issue, with their states, and for what became of the issue. */
public record IssueQuestion(long issue, PageOptions options) implements Question<IssueStory> {

    @Override
    public String kind() {
        return "issue";
    }

    @Override
    public String subject() {
        return "issue " + Words.id(issue);
    }

    @Override
    public Answer<IssueStory> ask(Lookup lookup, Clock clock) {
        return lookup.issue(issue, options.filter(Cursor.Order.REPLAYS, clock))
                .map(story -> story.with(ReplaysQuestion.withStates(lookup, story.replays())));
    }

    @Override
    public List<String> text(IssueStory story, SentryLinks sentry) {
        if (story.isDeleted()) {
            return List.of(subject() + " was deleted in Sentry, or merged into one that was");
        }
        List<String> lines = new ArrayList<>();
        if (story.isMerged()) {
            lines.add(subject() + " was merged into issue " + Words.id(story.issue()) + ", whose replays these are");
            lines.add("");
        }
        lines.addAll(ReplaysQuestion.lines(story.replays()));
        String address = address(story, sentry);
        if (address != null) {
            lines.add("");
            lines.add("issue in Sentry: " + address);
        }
        return lines;
    }

    @Override
    public void write(IssueStory story, JsonFields json, SentryLinks sentry) {
        json.id("issue", issue);
        if (story.isMerged()) {
            json.id("merged_into", story.issue());
        } else {
            json.nothing("merged_into");
        }
        json.flag("deleted", story.isDeleted());
        json.text("sentry_url", address(story, sentry));
        ReplaysQuestion.hits(story.replays(), json, sentry);
    }

    private static @Nullable String address(IssueStory story, SentryLinks sentry) {
        return sentry.issue(ReplaysQuestion.organization(story.replays()), story.issue());
    }
}
