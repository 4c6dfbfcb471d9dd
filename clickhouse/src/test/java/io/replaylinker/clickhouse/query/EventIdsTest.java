package io.replaylinker.clickhouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdsTest {

    @Test
    void shouldShowTheSpanIdOfAStreamedSpan() {
        assertThat(EventIds.shown("1a2b3c4d5e6f7081" + "0".repeat(16))).isEqualTo("1a2b3c4d5e6f7081");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1a2b3c4d5e6f70818293a4b5c6d7e8f9",
                "1a2b3c4d5e6f70818000000000000000",
                "00000000000000000000000000000000",
                "1a2b3c4d5e6f7081",
                "1a2b3c4d5e6f0000000000000000",
                ""
            })
    void shouldShowAnyOtherIdAsItIs(String id) {
        assertThat(EventIds.shown(id)).isEqualTo(id);
        assertThat(EventIds.isSpan(id)).isFalse();
    }
}
