package io.replaylinker.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormattingTest {

    @ParameterizedTest
    @CsvSource({
        "420, 0.420 s",
        "12300, 12.3 s",
        "90500, 1m 30s",
        "7500000, 2h 05m",
        "273600000, 3d 4h",
        "-420, -0.420 s"
    })
    void shouldShowALength(long millis, String text) {
        assertThat(Words.length(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void shouldShowAnOffsetWithItsSign() {
        assertThat(Words.offset(Duration.ofMillis(4_170))).isEqualTo("+4.170 s");
        assertThat(Words.offset(Duration.ofMillis(-1_530))).isEqualTo("-1.530 s");
    }

    @Test
    void shouldShowAShare() {
        assertThat(Words.share(2, 3)).isEqualTo("66.7 %");
        assertThat(Words.share(0, 0)).isEqualTo("-");
    }

    @Test
    void shouldLetNoNameMoveTheCursor() {
        assertThat(Words.cut("GET /\u001b[2J\n\u202etrac", 40)).isEqualTo("GET / [2J  trac");
        assertThat(Words.cut("abcdefgh", 6)).isEqualTo("abc...");
        assertThat(Words.cut("😀😀😀😀😀😀😀", 5)).isEqualTo("😀😀...");
    }

    @Test
    void shouldPutColumnsBelowEachOther() {
        TextTable table = new TextTable("  ", "name", ">n", "last");
        table.row("é", "1", "");
        table.row("longer", "100", "x");

        assertThat(table.lines()).containsExactly("  name      n  last", "  é         1", "  longer  100  x");
    }
}
