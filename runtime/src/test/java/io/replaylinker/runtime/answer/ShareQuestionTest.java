package io.replaylinker.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.Coverage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareQuestionTest {

    private final ShareQuestion question = new ShareQuestion(null, new ScopeOptions());
    private final Coverage empty = new Coverage(Instant.parse("2026-10-06T00:00:00Z"), List.of());

    @Test
    void shouldReportWhereDataBeginsWhenTheRangeHasNone() {
        Coverage coverage = empty.after(
                new Coverage.Span(Instant.parse("2026-10-04T09:00:00Z"), Instant.parse("2026-10-05T11:00:00Z")));

        assertThat(question.text(coverage, SentryLinks.NONE))
                .containsExactly(
                        "no backend error was received since 2026-10-06 00:00:00.000 UTC",
                        "the tables have errors received from 2026-10-04 09:00 to 2026-10-05 11:00 UTC;"
                                + " start there with --since 2026-10-04T09:00:00Z");
    }

    @Test
    void shouldReportThatThereIsNoDataAtAll() {
        assertThat(question.text(empty, SentryLinks.NONE))
                .containsExactly("no backend error was received since 2026-10-06 00:00:00.000 UTC,"
                        + " and none before that is in the tables");
    }
}
