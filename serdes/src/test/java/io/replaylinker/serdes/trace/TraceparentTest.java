package io.replaylinker.serdes.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.serdes.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String IDS = "7194e898ff0a4b6fb8a0e94a24b3de98-bccbd1ad5bd546d1";

    @Test
    void shouldReadBothIds() {
        Traceparent read = Traceparent.parse("00-" + IDS + "-01");

        assertThat(read).isNotNull();
        assertThat(Ids.hex(read.traceId())).isEqualTo("7194e898ff0a4b6fb8a0e94a24b3de98");
        assertThat(Ids.hex(read.spanId())).isEqualTo("bccbd1ad5bd546d1");
    }

    @ParameterizedTest
    @CsvSource({"00, 01, true", "00, 00, false", "00, 03, true", "00, FE, false", "cc, 01, true", "cc, 01-more, true"})
    void shouldReadBitZeroOfTheFlags(String version, String flags, boolean sampled) {
        Traceparent read = Traceparent.parse(version + "-" + IDS + "-" + flags);

        assertThat(read).isNotNull();
        assertThat(read.sampled()).isEqualTo(sampled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-%s", "00-%s-", "00-%s-1", "00-%s-0x", "cc-%s", " 00-%s, 00-%s"})
    void shouldReadTheIdsWithoutFlags(String header) {
        Traceparent read = Traceparent.parse(header.replace("%s", IDS));

        assertThat(read).isNotNull();
        assertThat(Ids.hex(read.traceId())).isEqualTo("7194e898ff0a4b6fb8a0e94a24b3de98");
        assertThat(Ids.hex(read.spanId())).isEqualTo("bccbd1ad5bd546d1");
        assertThat(read.sampled()).isNull();
    }

    @Test
    void shouldTakeTheFirstPartOfAListThatCanBeRead() {
        String second = "00-" + IDS.replace('7', '8') + "-00";

        assertThat(Traceparent.parse("x,ff-" + IDS + "-01,00-" + IDS + "-01," + second))
                .isEqualTo(Traceparent.parse("00-" + IDS + "-01"));
    }

    @Test
    void shouldAcceptUpperCaseAndBlanksAround() {
        Traceparent read = Traceparent.parse(" 00-7194E898FF0A4B6FB8A0E94A24B3DE98-BCCBD1AD5BD546D1-01\t");

        assertThat(read).isEqualTo(Traceparent.parse("00-" + IDS + "-01"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                IDS,
                "00-" + IDS + "x",
                "00-" + IDS + "-011",
                "00-" + IDS + "-01-more",
                "cc-" + IDS + "-01more",
                "ff-" + IDS + "-01",
                "0g-" + IDS + "-01",
                "00_" + IDS + "-01",
                "00-00000000000000000000000000000000-bccbd1ad5bd546d1-01",
                "00-7194e898ff0a4b6fb8a0e94a24b3de98-0000000000000000-01",
                "00-7194e898ff0a4b6fb8a0e94a24b3de98_bccbd1ad5bd546d1-01",
                "00-7194e898-ff0a-4b6f-b8a0-e94a24b3de98-bccbd1ad5bd546d1-01"
            })
    void shouldReadNothingFromAnythingElse(String header) {
        assertThat(Traceparent.parse(header)).isNull();
    }
}
