package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.eventWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'baggage':'b=1','sentry-trace':'s','traceparent':'t'}",
                "{'Baggage':'b=1','Sentry-Trace':'s','TRACEPARENT':'t'}",
                "[['Traceparent','t'],['host','h'],['SENTRY-TRACE','s'],['BAGGAGE','b=1']]",
                "[['baggage',['b=1']],['sentry-trace',['s']],['traceparent',['t']]]",
                "[null,[],['baggage'],['baggage',null],['baggage',{}],['baggage',5],['baggage','b=1'],"
                        + "['sentry-trace','s'],['traceparent','t']]"
            })
    void shouldReadTheTraceHeaders(String headers) {
        BackendEvent event = eventWith("'request':{'url':'x','headers':" + headers + "}");

        assertThat(event.getBaggage()).isEqualTo("b=1");
        assertThat(event.getSentryTrace()).isEqualTo("s");
        assertThat(event.getTraceparent()).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "[['baggage','a=1'],['host','h'],['Baggage','b=2']]|a=1,b=2",
                "{'baggage':'a=1','BAGGAGE':'b=2'}|a=1,b=2",
                "[['baggage',['a=1',null,'b=2']]]|a=1,b=2",
                "{'baggage':['a=1',['b=2']]}|a=1",
                "{'baggage':''}|''",
                "{'x-baggage':'a=1','baggages':'b=2'}|null",
                "null|null"
            })
    void shouldJoinSeveralBaggageHeaders(String headers, @Nullable String expected) {
        String baggage = expected == null ? null : expected.replace("''", "");

        assertThat(eventWith("'request':{'headers':" + headers + "}").getBaggage())
                .isEqualTo(baggage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'request':null",
                "'request':[]",
                "'request':{}",
                "'request':{'headers':null}",
                "'request':{'headers':5}",
                "'request':{'headers':{'baggage':'a=1'},'headers':[]}",
                "'request':{'data':{'headers':{'baggage':'a=1'}}}"
            })
    void shouldDoWithoutHeaders(String data) {
        assertThat(eventWith(data)).isEqualTo(eventWith(""));
    }

    @Test
    void shouldBoundTheHeaders() {
        String member = "k=" + "v".repeat(98) + ",";
        BackendEvent event = eventWith("'request':{'headers':{'baggage':'" + member.repeat(100) + "','sentry-trace':'"
                + "s".repeat(300) + "','traceparent':'" + "t".repeat(300) + "'}}");

        // 81 members of 101 bytes are the whole ones within 8192.
        assertThat(event.getBaggage()).hasSize(81 * 101 - 1).endsWith("v");
        assertThat(event.getSentryTrace()).hasSize(JsonCursor.MAX_TEXT);
        assertThat(event.getTraceparent()).hasSize(JsonCursor.MAX_TEXT);
    }

    @Test
    void shouldStopJoiningAtTheBound() {
        String million = "['baggage','a=1'],".repeat(100_000) + "['baggage','late=1']";

        assertThat(eventWith("'request':{'headers':[" + million + "]}").getBaggage())
                .hasSizeLessThanOrEqualTo(8192)
                .doesNotContain("late");
    }
}
