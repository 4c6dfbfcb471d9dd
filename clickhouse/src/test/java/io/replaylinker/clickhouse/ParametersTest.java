package io.replaylinker.clickhouse;

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
                        .values())
                .containsEntry("one", "18446744073709551615")
                .containsEntry("many", "[1,18446744073709551615]");
    }

    /** As other objects than text, because the driver escapes text once more. */
    @Test
    void shouldEscapeWhatCouldEndAValue() {
        assertThat(new Parameters()
                        .text("name", "é'\n\\")
                        .id("id", "4127ff")
                        .ids("ids", List.of("00", "61"))
                        .values())
                .hasEntrySatisfying("name", value -> assertSpelled(value, "\\xc3\\xa9\\x27\\x0a\\x5c"))
                .hasEntrySatisfying("id", value -> assertSpelled(value, "A\\x27\\xff"))
                .hasEntrySatisfying("ids", value -> assertSpelled(value, "['\\x00','a']"));
    }

    @Test
    void shouldRefuseWhatIsNoId() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters().ids("ids", List.of("a'] OR 1")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameters().id("id", "a\\b"));
    }

    private static void assertSpelled(Object value, String spelled) {
        assertThat(value).isNotInstanceOf(CharSequence.class).hasToString(spelled);
    }
}
