package io.replaylinker.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.SegmentSpans;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumsTest {

    @Test
    void shouldCountTheTimeOfChildrenToTheChildrenAlone() {
        List<OperationSums.Sum> sums = OperationSums.of(List.of(
                span("1", "", "view", 100),
                span("2", "1", "db", 30),
                span("3", "1", "db", 20),
                span("4", "2", "net", 5)));

        assertThat(sums)
                .containsExactly(
                        new OperationSums.Sum("view", 1, 50),
                        new OperationSums.Sum("db", 2, 45),
                        new OperationSums.Sum("net", 1, 5));
    }

    @Test
    void shouldNotSumUpLessThanNothingWhereChildrenRunSideBySide() {
        List<OperationSums.Sum> sums = OperationSums.of(
                List.of(span("1", "", "all", 100), span("2", "1", "one", 90), span("3", "1", "one", 90)));

        assertThat(sums).contains(new OperationSums.Sum("all", 1, 0));
    }

    private static SegmentSpans.Span span(String id, String parent, String op, long tookMs) {
        return new SegmentSpans.Span(id, parent, op, "", "", Instant.EPOCH, tookMs);
    }
}
