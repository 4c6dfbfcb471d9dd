package io.replaylinker.serdes.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochMillisTest {

    @ParameterizedTest
    @CsvSource({
        "1795174605, 1795174605000",
        "1795174605.4, 1795174605400",
        "1795174605.4709997, 1795174605471",
        "1795174605.4704999, 1795174605470",
        "1795174605.4705, 1795174605471",
        "1795174605.9999, 1795174606000",
        "0.001, 1",
        "1.7951746054709997e9, 1795174605471",
        "253402300799.999, 253402300799999",
        "' 1795174605.471 ', 1795174605471",
        "2026-11-20T11:36:45.471000Z, 1795174605471",
        "2026-11-20T11:36:45.4705Z, 1795174605471",
        "2026-11-20T11:36:45.471000+00:00, 1795174605471",
        "2026-11-20T12:36:45.471+01:00, 1795174605471",
        "2026-11-20T11:36:45.471, 1795174605471",
        "2026-11-20 11:36:45.471, 1795174605471",
        "2026-11-20t11:36:45z, 1795174605000",
        "2026-11-20T11:36:45.471000123Z, 1795174605471"
    })
    void shouldReadAMoment(String text, long expected) {
        assertThat(EpochMillis.ofText(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "-",
                "0",
                "0.0",
                "-1",
                "-1795174605",
                "1e300",
                "1e-300",
                "NaN",
                "Infinity",
                "-Infinity",
                "253402300800",
                "253402300799.9999",
                "999999999999",
                "99999999999999999999",
                "1.2.3",
                "12a",
                "soon",
                "1969-12-31T23:59:59Z",
                "9999-12-31T23:59:60Z",
                "2026-13-20T11:36:45Z",
                "2026-11-20",
                "2026-11-20T11:36:45 UTC",
                "+99999-01-01T00:00:00Z",
                "1e99-9"
            })
    void shouldNotKnowWhatNoClockShows(String text) {
        assertThat(EpochMillis.ofText(text)).isEqualTo(EpochMillis.UNKNOWN);
    }

    @Test
    void shouldRoundAsDecimalsDo() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            String text = random.nextLong(1, 4_000_000_000L) + "." + random.nextLong(10_000_000);
            BigDecimal expected = new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.HALF_UP);
            assertThat(EpochMillis.ofText(text)).as("%s, seed %s", text, seed).isEqualTo(expected.longValueExact());
        }
    }
}
