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
    void shouldReadTheLast8192BytesAndNotOneMore() {
        String member = "k=abc,";
        String fits = member + "x=" + "y".repeat(Baggage.MAX_BYTES - 2 - member.length());
        String tooLong = fits + "y";

        assertThat(Baggage.value(fits, "k")).isEqualTo("abc");
        // A member that is cut at its start has another name.
        assertThat(Baggage.value(tooLong, "k")).isNull();
        assertThat(Baggage.value("k=early," + tooLong, "k")).isNull();
        assertThat(Baggage.value("x=" + "y".repeat(10_000) + ",k=late", "k")).isEqualTo("late");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "€", "😀"})
    void shouldCountBytesAndNotCharacters(String wide) {
        int size = wide.getBytes(StandardCharsets.UTF_8).length;
        String late = ",k=late";
        String filled = "x=" + wide.repeat((Baggage.MAX_BYTES - late.length() - 2) / size) + late;

        assertThat(Baggage.value("k=early," + filled, "x")).startsWith(wide);
        assertThat(Baggage.bounded(filled)).isEqualTo(filled);
        assertThat(Baggage.bounded("y".repeat(size) + filled)).isEqualTo("k=late");
    }

    @Test
    void shouldGiveNothingOfAHeaderWithoutAWholeMemberWithinTheBound() {
        assertThat(Baggage.bounded("k=" + "y".repeat(Baggage.MAX_BYTES))).isEmpty();
        assertThat(Baggage.value("k=" + "y".repeat(Baggage.MAX_BYTES), "k")).isNull();
    }

    @Test
    void shouldReadTheReplayWithItsTrace() {
        String stale = "sentry-trace_id=t1,sentry-replay_id=r1,";

        assertThat(SentryBaggage.read(stale + "other=1,sentry-replay_id=r%32,sentry-trace_id=t2"))
                .isEqualTo(new SentryBaggage("t2", "r2"));
        assertThat(SentryBaggage.read(stale.repeat(300) + "sentry-replay_id=r2,sentry-trace_id=t2"))
                .isEqualTo(new SentryBaggage("t2", "r2"));
        assertThat(SentryBaggage.read("sentry-replay_id=r")).isEqualTo(new SentryBaggage(null, "r"));
        assertThat(SentryBaggage.read(null)).isEqualTo(new SentryBaggage(null, null));
    }
}
