package io.replaylinker.clickhouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.Parameters;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdPrefixTest {

    private static final String WHOLE = "1a2b3c4d5e6f70818293a4b5c6d7e8f9";

    @ParameterizedTest
    @ValueSource(
            strings = {WHOLE, " 1A2B3C4D-5E6F-7081-8293-A4B5C6D7E8F9\n", "1a2b 3c4d 5e6f 7081 8293 a4b5 c6d7 e8f9"})
    void shouldTakeAnIdInAnySpelling(String text) {
        assertThat(IdPrefix.parse(text)).contains(new IdPrefix(WHOLE));
    }

    @Test
    void shouldTakeTheFirstDigits() {
        assertThat(IdPrefix.parse("1A2B3C4D-5")).contains(new IdPrefix("1a2b3c4d5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a2b3c4", "1a2b3c4g", WHOLE + "0", "1a2b3c4d' OR 1=1", "１２３４５６７８"})
    void shouldRefuseWhatIsNone(String text) {
        assertThat(IdPrefix.parse(text)).isEmpty();
    }

    @Test
    void shouldSpanTheIdsThatBeginSo() {
        assertThat(new IdPrefix("1a2b3c4d5").in(new Parameters()).values())
                .isEqualTo(range("1a2b3c4d5" + "0".repeat(23), "1a2b3c4d5" + "f".repeat(23)));
        assertThat(new IdPrefix(WHOLE).in(new Parameters()).values()).isEqualTo(range(WHOLE, WHOLE));
    }

    private static Map<String, Object> range(String first, String last) {
        return new Parameters()
                .id("short", "1a2b3c4d")
                .id("first", first)
                .id("last", last)
                .values();
    }
}
