package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.eventWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.serdes.trace.Baggage;
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
                "{'Baggage':'b=1','Sentry_Trace':'s','traceparent':'t'}",
                "{'Baggage':'[\\'b=1\\']','SENTRY_TRACE':'[\\'s\\']','traceparent':'[\\'t\\']'}",
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
                "{'baggage':'[\\'a=1\\',5,\\'b=2\\']'}|a=1,b=2",
                "{'baggage':'[a=1'}|[a=1",
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

        // 80 members of 101 bytes are the whole ones within 8192, with the nothing behind the last comma.
        assertThat(event.getBaggage()).hasSize(81 * 101).startsWith("k").endsWith("v,");
        assertThat(event.getSentryTrace()).hasSize(JsonCursor.MAX_TEXT);
        assertThat(event.getTraceparent()).hasSize(JsonCursor.MAX_TEXT);
    }

    @Test
    void shouldKeepTheEndOfAMillionValues() {
        String million = "['baggage','a=1'],".repeat(500_000) + "['baggage',['" + "a=1','".repeat(500_000)
                + "']],['baggage','late=1']";

        assertThat(eventWith("'request':{'headers':[" + million + "]}").getBaggage())
                .hasSizeBetween(8000, 8192)
                .startsWith("a=1,")
                .endsWith(",late=1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 8189, 8190, 8191, 8192, 8193, 8194, 40_000})
    void shouldKeepTheSameEndHoweverItCame(int length) {
        String value = "v".repeat(length);
        String whole = ("k=1," + value + ",").repeat(5) + "end=1";
        String list = "'" + whole.replace(",", "','") + "'";

        assertThat(eventWith("'request':{'headers':{'baggage':[" + list + "]}}").getBaggage())
                .isEqualTo(Baggage.bounded(whole));
        assertThat(eventWith("'request':{'headers':{'baggage':'" + whole + "'}}")
                        .getBaggage())
                .isEqualTo(Baggage.bounded(whole));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[['sentry-trace','s'],['traceparent','t'],['Sentry-Trace','u'],['Traceparent','v']]",
                "{'sentry-trace':['s',null,'u'],'traceparent':['t','v']}",
                "{'sentry-trace':'s','sentry_trace':'u','traceparent':'t,v'}"
            })
    void shouldJoinSeveralTraceHeaders(String headers) {
        BackendEvent event = eventWith("'request':{'headers':" + headers + "}");

        assertThat(event.getSentryTrace()).isEqualTo("s,u");
        assertThat(event.getTraceparent()).isEqualTo("t,v");
    }

    @Test
    void shouldKeepTheStartOfAMillionTraceHeaders() {
        String million = "['sentry-trace','" + "s".repeat(40) + "'],";

        assertThat(eventWith("'request':{'headers':[" + million.repeat(200_000) + "null]}")
                        .getSentryTrace())
                .isEqualTo(("s".repeat(40) + ",").repeat(7).substring(0, 250));
    }
}
