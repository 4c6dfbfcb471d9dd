package io.replaylinker.clickhouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerPartsTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @Test
    void shouldReportHowLongAgoTheNewestRecordCame() {
        assertThat(new Freshness(NOON, NOON.plusSeconds(3)).age()).isEqualTo(Duration.ofSeconds(3));
        assertThat(new Freshness(NOON.plusSeconds(3), NOON).age()).isEqualTo(Duration.ZERO);
        assertThat(new Freshness(null, NOON).age()).isNull();
    }

    @Test
    void shouldAddUpWhatEndedAlike() {
        Coverage coverage = new Coverage(
                NOON,
                List.of(
                        new Coverage.Step(
                                NOON, List.of(count("trace", "LINKED", 2, 0), count("trace", "SHARED_TRACE", 1, 1))),
                        new Coverage.Step(
                                NOON.plusSeconds(3_600),
                                List.of(count("trace", "LINKED", 5, 0), count("trace", "SHARED_TRACE", 2, 1)))));

        List<Coverage.Count> total = coverage.total();

        assertThat(total).containsExactly(count("trace", "LINKED", 7, 0), count("trace", "SHARED_TRACE", 3, 2));
        assertThat(Coverage.errors(total)).isEqualTo(10);
        assertThat(Coverage.linked(total)).isEqualTo(7);
        assertThat(Coverage.unclaimed(total)).isEqualTo(2);
    }

    @Test
    void shouldHoldDaysThatTheServerHas() {
        assertThat(Days.text(LocalDate.of(1969, 12, 31))).isEqualTo("1970-01-01");
        assertThat(Days.text(LocalDate.of(2200, 1, 1))).isEqualTo("2149-06-06");
        assertThat(Days.text(LocalDate.of(2026, 3, 4))).isEqualTo("2026-03-04");
    }

    @Test
    void shouldRefuseAPageWithoutAnEnd() {
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.page(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.page(1_001));
    }

    private static Coverage.Count count(String method, String outcome, long errors, long unclaimed) {
        return new Coverage.Count(method, outcome, errors, unclaimed);
    }
}
