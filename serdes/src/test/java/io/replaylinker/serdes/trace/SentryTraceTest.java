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
        assertThat(read.spanId()).isEqualTo(Ids.parseSpan(SPAN));
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
                "--01, deferred, true",
                // A dash at the end, as proxies and hand-written clients leave it
                "-, deferred, false",
                "-1-, true, false",
                "--, deferred, false",
                // A decision that cannot be read
                "-d, deferred, false",
                "-2, deferred, false",
                "-11, deferred, false",
                "-d-01, deferred, true",
                // Flags that cannot be read
                "-1-1, true, false",
                "-1-001, true, false",
                "-1-0g, true, false",
                "-1-01-, true, false",
                "-0-01-1, false, false"
            })
    void shouldReadTheDecisionAndBitZeroOfTheFlags(String rest, @Nullable Boolean sampled, boolean hasReplay) {
        SentryTrace read = SentryTrace.parse(TRACE + "-" + SPAN + rest);

        assertThat(read).isNotNull();
        assertThat(read.sampled()).isEqualTo(sampled);
        assertThat(read.hasReplay()).isEqualTo(hasReplay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "--"})
    void shouldReadATraceAlone(String dashes) {
        SentryTrace read = SentryTrace.parse(TRACE + dashes);

        assertThat(read).isNotNull();
        assertThat(Ids.hex(read.traceId())).isEqualTo(TRACE);
        assertThat(read.spanId()).isNull();
        assertThat(read.sampled()).isNull();
        assertThat(read.hasReplay()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s,%s", "%s , %s", ",%s,", "x,%s,%s", "1-2, 00000000000000000000000000000000-%s,%s"})
    void shouldTakeTheFirstPartOfAListThatCanBeRead(String list) {
        String whole = TRACE + "-" + SPAN + "-1-01";

        assertThat(SentryTrace.parse(list.formatted(whole, "0" + whole.substring(1))))
                .isEqualTo(SentryTrace.parse(list.startsWith("1-2") ? "0" + whole.substring(1) : whole));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "1",
                ",",
                TRACE + "x",
                TRACE + SPAN,
                TRACE + "-" + SPAN + "x",
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
