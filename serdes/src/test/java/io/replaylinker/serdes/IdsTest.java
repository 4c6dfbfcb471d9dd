package io.replaylinker.serdes;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    private static final String HEX = "7194e898ff0a4b6fb8a0e94a24b3de98";
    private static final String SPAN_HEX = "bccbd1ad5bd546d1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEX,
                "7194E898FF0A4B6FB8A0E94A24B3DE98",
                "7194e898-ff0a-4b6f-b8a0-e94a24b3de98",
                "-7194e898ff0a4b6fb8a0e94a24b3de98--",
                " \t7194e898ff0a4b6fb8a0e94a24b3de98\r\n"
            })
    void shouldReadAnySpellingAsTheSameId(String spelling) {
        Id id = Ids.parse(spelling);

        assertThat(id).isNotNull();
        assertThat(Ids.hex(id)).isEqualTo(HEX);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "7194e898ff0a4b6fb8a0e94a24b3de9",
                "7194e898ff0a4b6fb8a0e94a24b3de980",
                "7194e898ff0a4b6fb8a0e94a24b3de9g",
                "7194e898ff0a4b6f b8a0e94a24b3de98",
                "0x7194e898ff0a4b6fb8a0e94a24b3de",
                // Arabic-Indic digits are digits too, but not hex
                "\u0667\u0661\u0669\u0664e898ff0a4b6fb8a0e94a24b3de98",
                "00000000000000000000000000000000",
                "00000000-0000-0000-0000-000000000000"
            })
    void shouldReadNoIdFromAnythingElse(String text) {
        assertThat(Ids.parse(text)).isNull();
    }

    @Test
    void shouldKeepTheBytesMostSignificantFirst() {
        Id id = Ids.parse("000102030405060708090a0b0c0d0e0f");

        assertThat(id).isNotNull();
        assertThat(id.bytes()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {SPAN_HEX, "BCCBD1AD5BD546D1", " bccb-d1ad5bd546d1 "})
    void shouldReadAnySpellingAsTheSameSpan(String spelling) {
        SpanId span = Ids.parseSpan(spelling);

        assertThat(span).isNotNull();
        assertThat(Ids.hex(span)).isEqualTo(SPAN_HEX);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", HEX, "bccbd1ad5bd546d", "bccbd1ad5bd546dx", "0000000000000000"})
    void shouldReadNoSpanFromAnythingElse(String text) {
        assertThat(Ids.parseSpan(text)).isNull();
    }
}
