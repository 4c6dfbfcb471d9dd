package io.replaylinker.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.IssueStory;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.runtime.json.JsonFields;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssueQuestionTest {

    private static final IssueQuestion QUESTION = new IssueQuestion(76, new PageOptions());

    @Test
    void shouldReportThatTheIssueWasDeleted() {
        IssueStory deleted = new IssueStory(76, 0, new Page<>(List.of(), null));

        assertThat(QUESTION.text(deleted, SentryLinks.NONE))
                .containsExactly("issue 76 was deleted in Sentry, or merged into one that was");
        assertThat(JsonFields.document(json -> QUESTION.write(deleted, json, SentryLinks.NONE)))
                .contains("\"issue\" : 76", "\"merged_into\" : null", "\"deleted\" : true", "\"replays\" : [ ]");
    }

    @Test
    void shouldNameTheIssueThatItWasMergedInto() {
        IssueStory merged = new IssueStory(76, 77, new Page<>(List.of(), null));

        assertThat(QUESTION.text(merged, SentryLinks.NONE))
                .containsExactly("issue 76 was merged into issue 77, whose replays these are", "", "no more");
        assertThat(JsonFields.document(json -> QUESTION.write(merged, json, SentryLinks.NONE)))
                .contains("\"merged_into\" : 77", "\"deleted\" : false");
    }
}
