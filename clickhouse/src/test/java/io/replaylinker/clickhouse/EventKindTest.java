package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventKindTest {

    @ParameterizedTest
    @CsvSource({
        "error, false, node, BACKEND_ERROR",
        "default, false, python, BACKEND_ERROR",
        "error, false, , BACKEND_ERROR",
        "transaction, false, node, BACKEND_CALL",
        "Transaction, false, node, BACKEND_CALL",
        "span, false, node, BACKEND_CALL",
        "error, false, javascript, FRONTEND_ERROR",
        "error, false, dart, FRONTEND_ERROR",
        "span, false, javascript, FRONTEND_CALL",
        "transaction, false, cocoa, FRONTEND_CALL",
        "feedback, true, other, BACKEND_OCCURRENCE",
        "feedback, true, , BACKEND_OCCURRENCE",
        "performance, true, node, BACKEND_OCCURRENCE",
        "transaction, true, node, BACKEND_OCCURRENCE",
        "rage_click, true, javascript, FRONTEND_OCCURRENCE"
    })
    void shouldSortEvents(String type, boolean occurrence, String platform, EventKind kind) {
        assertThat(EventKind.of(type, occurrence, platform)).isEqualTo(kind);
    }

    @Test
    void shouldBeAnErrorOrACallOrAnOccurrence() {
        for (EventKind kind : EventKind.values()) {
            assertThat((kind.isError() ? 1 : 0) + (kind.isCall() ? 1 : 0) + (kind.isOccurrence() ? 1 : 0))
                    .as(kind.name())
                    .isEqualTo(1);
            assertThat(Integer.bitCount(kind.code())).as(kind.name()).isEqualTo(1);
            assertThat(kind.isFrontend()).as(kind.name()).isEqualTo(kind.name().startsWith("FRONTEND"));
        }
    }
}
