package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void shouldSpellValuesAsTheServerReadsThem() {
        assertThat(new Parameters()
                        .unsigned("one", -1)
                        .unsigned("many", List.of(1L, -1L))
                        .ids("ids", List.of("0a", "0b"))
                        .hex("name", "é'\n")
                        .values())
                .containsEntry("one", "18446744073709551615")
                .containsEntry("many", "[1,18446744073709551615]")
                .containsEntry("ids", "['0a','0b']")
                .containsEntry("name", "c3a9270a");
    }

    @Test
    void shouldLetNothingOutOfItsQuotes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters().ids("ids", List.of("a'] OR 1")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters().text("id", "a\\b"));
    }
}
