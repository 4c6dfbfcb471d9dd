package io.replaylinker.serdes.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class BaggageTest {

    private static final String KEY = "sentry-replay_id";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sentry-replay_id=abc",
                "other=1,sentry-replay_id=abc",
                "sentry-replay_id=abc,other=1",
                "sentry-replay_id=abc , other=1",
                " \t sentry-replay_id \t=\t abc \t ",
                "sentry-replay_id=abc;ttl=3;secure",
                "sentry-replay_id=abc ; ttl=3, x=y;p=sentry-replay_id",
                "a=1,b=2;sentry-replay_id=no,sentry-replay_id=abc",
                // Bad members before, between and after
                ",,=,=x,lonely,bad=%zz,sentry-replay_id=abc,%,;",
                "sentry-replay_ids=x,xsentry-replay_id=x,sentry-replay_id=abc,sentry-replay_idx",
                // Two headers joined; the later member counts
                "sentry-replay_id=old,sentry-trace_id=t,sentry-replay_id=abc",
                "sentry-replay_id=abc,sentry-replay_id=%zz",
                "sentry-replay_id=%61%62%63",
                "a=\"x,sentry-replay_id=abc,y\""
            })
    void shouldFindTheMember(String header) {
        assertThat(Baggage.value(header, KEY)).isEqualTo("abc");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                ",",
                "other=1",
                "sentry-replay_id",
                "sentry-replay_id;=abc",
                "SENTRY-replay_id=abc",
                "Sentry-Replay_Id=abc",
                "x-sentry-replay_id=abc",
                "other=sentry-replay_id=abc",
                "other=1;sentry-replay_id=abc",
                "sentry-replay_id=%",
                "sentry-replay_id=%4",
                "sentry-replay_id=%4g",
                "sentry-replay_id=%g4",
                "sentry-replay_id=%+4",
                // A lone continuation byte, a cut sequence, an overlong slash
                "sentry-replay_id=%80",
                "sentry-replay_id=%e2%82",
                "sentry-replay_id=%c0%af"
            })
    void shouldFindNothing(String header) {
        assertThat(Baggage.value(header, KEY)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "k=a+b, a+b",
        "k=a%2Bb, a+b",
        "k=a%20b, a b",
        "k=a%2Cb%3Bc, 'a,b;c'",
        "k=a=b==, a=b==",
        "k=%E2%82%AC, €",
        "k=%f0%9f%98%80, 😀",
        "k=100%25, 100%",
        "k=web%401, web@1",
        "k=, ''",
        "k=\u00e4%41, äA"
    })
    void shouldDecodeTheValueByPercentOnly(String header, String value) {
        assertThat(Baggage.value(header, "k")).isEqualTo(value);
    }

    @Test
    void shouldReadTheFirst8192BytesAndNotOneMore() {
        String member = ",k=abc";
        String fits = "x=" + "y".repeat(Baggage.MAX_BYTES - 2 - member.length()) + member;
        String tooLong = "x" + fits;

        assertThat(Baggage.value(fits, "k")).isEqualTo("abc");
        // Half of it, ab, would be a wrong value.
        assertThat(Baggage.value(tooLong, "k")).isNull();
        assertThat(Baggage.value(tooLong + ",k=late", "k")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "€", "😀"})
    void shouldCountBytesAndNotCharacters(String wide) {
        int size = wide.getBytes(StandardCharsets.UTF_8).length;
        String early = "k=early,";
        String filled = early + "x=" + wide.repeat((Baggage.MAX_BYTES - early.length() - 2) / size);

        assertThat(Baggage.value(filled + "y".repeat(size) + ",k=late", "k")).isEqualTo("early");
        assertThat(Baggage.bounded(filled)).isEqualTo(filled);
        assertThat(Baggage.bounded(filled + "y".repeat(size))).isEqualTo("k=early");
    }

    @Test
    void shouldGiveNothingOfAHeaderWithoutAWholeMemberWithinTheBound() {
        assertThat(Baggage.bounded("k=" + "y".repeat(Baggage.MAX_BYTES))).isEmpty();
        assertThat(Baggage.value("k=" + "y".repeat(Baggage.MAX_BYTES), "k")).isNull();
    }
}
