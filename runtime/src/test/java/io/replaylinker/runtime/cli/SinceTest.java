package io.replaylinker.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-04T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "7d, 2026-02-25T12:00:00Z",
        "12h, 2026-03-04T00:00:00Z",
        "30M, 2026-03-04T11:30:00Z",
        "2026-03-01, 2026-03-01T00:00:00Z",
        "2026-03-01T09:00:00Z, 2026-03-01T09:00:00Z"
    })
    void shouldReadATime(String text, Instant time) {
        assertThat(Since.parse(text, NOON)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "-7d", "2026-13-01", "2026-03-01T25:00:00Z", "yesterday", "99999999999d"})
    void shouldRefuseWhatIsNoTime(String text) {
        assertThat(Since.parse(text, NOON)).isEmpty();
    }

    @Test
    void shouldReadALength() {
        assertThat(Since.length("60s")).contains(Duration.ofMinutes(1));
        assertThat(Since.length("500ms")).contains(Duration.ofMillis(500));
        assertThat(Since.length("2026-03-01")).isEmpty();
    }
}
