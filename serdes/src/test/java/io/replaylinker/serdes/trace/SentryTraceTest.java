package io.replaylinker.serdes.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.serdes.Ids;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentryTraceTest {

    private static final String TRACE = "7194e898ff0a4b6fb8a0e94a24b3de98";
    private static final String SPAN = "bccbd1ad5bd546d1";

    @Test
    void shouldReadBothIds() {
        SentryTrace read = SentryTrace.parse(TRACE + "-" + SPAN + "-1");

        assertThat(read).isNotNull();
        assertThat(Ids.hex(read.traceId())).isEqualTo(TRACE);
        assertThat(Ids.hex(read.spanId())).isEqualTo(SPAN);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "deferred",
            value = {
                "'', deferred, false",
                "-1, true, false",
                "-0, false, false",
                "-1-01, true, true",
                "-0-01, false, true",
                "-1-00, true, false",
                "-1-fe, true, false",
                "-1-FF, true, true",
                "--01, deferred, true"
            })
    void shouldReadTheDecisionAndBitZeroOfTheFlags(String rest, @Nullable Boolean sampled, boolean hasReplay) {
        SentryTrace read = SentryTrace.parse(TRACE + "-" + SPAN + rest);

        assertThat(read).isNotNull();
        assertThat(read.sampled()).isEqualTo(sampled);
        assertThat(read.hasReplay()).isEqualTo(hasReplay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d", "-", "-2", "-11", "x", "-1-", "-1-1", "-1-001", "-1-0g", "--", "-1-01-", "-1-01-1"})
    void shouldReadNothingWhenTheRestBreaksTheGrammar(String rest) {
        assertThat(SentryTrace.parse(TRACE + "-" + SPAN + rest)).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "1",
                TRACE,
                TRACE + "-",
                TRACE + "-bccbd1ad5bd546d",
                "7194e898ff0a4b6fb8a0e94a24b3de9-" + SPAN + "-1",
                "7194e898-ff0a-4b6f-b8a0-e94a24b3de98-" + SPAN,
                TRACE + "_" + SPAN,
                TRACE + "-zccbd1ad5bd546d1-1",
                "00000000000000000000000000000000-" + SPAN + "-1",
                TRACE + "-0000000000000000-1",
                "00-" + TRACE + "-" + SPAN + "-01",
                TRACE + "-" + SPAN + " -1"
            })
    void shouldReadNothingFromAnythingElse(String header) {
        assertThat(SentryTrace.parse(header)).isNull();
    }

    @Test
    void shouldAcceptUpperCaseAndBlanksAround() {
        SentryTrace read = SentryTrace.parse(" \t7194E898FF0A4B6FB8A0E94A24B3DE98-BCCBD1AD5BD546D1-1\r\n");

        assertThat(read).isEqualTo(SentryTrace.parse(TRACE + "-" + SPAN + "-1"));
    }
}
