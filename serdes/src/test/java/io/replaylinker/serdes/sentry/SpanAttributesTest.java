package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.REPLAY_ID;
import static io.replaylinker.serdes.sentry.Decoding.SPAN_ID;
import static io.replaylinker.serdes.sentry.Decoding.spanWith;
import static io.replaylinker.serdes.sentry.Decoding.spanWithAttributes;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Span;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The attributes of a span, in every form that producers give them. */
class SpanAttributesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "{'type':'string','value':'a'}|a",
                "{'value':'a','type':'string'}|a",
                "{'value':'a'}|a",
                "{'value':'a','type':null}|a",
                "{'value':'a','type':'integer'}|a",
                "{'value':7,'type':'string'}|7",
                "{'value':1.50}|1.50",
                "{'value':true,'type':'string'}|true",
                "{'unit':{'value':'x'},'value':'a','more':[1]}|a",
                "{'value':'x','value':'a'}|a",
                "'a'|a",
                "7|7",
                "null|null",
                "{}|null",
                "{'type':'string'}|null",
                "{'value':null,'type':'string'}|null",
                "{'value':['a']}|null",
                "{'value':{'value':'a'}}|null",
                "['a']|null",
                "''|null",
                "{'value':' '}|null"
            })
    void shouldTakeTheValueWhateverItsTypeIsCalled(String attribute, @Nullable String expected) {
        assertThat(spanWithAttributes("'sentry.release':" + attribute).getRelease())
                .isEqualTo(expected);
    }

    @Test
    void shouldReadEveryAttribute() {
        Span span = spanWithAttributes("'sentry.op':'o','sentry.kind':'k','sentry.origin':'g','sentry.sdk.name':'s',"
                + "'sentry.release':'r','sentry.environment':'e','sentry.platform':'p','sentry.profile_id':'f',"
                + "'sentry.replay_id':'" + REPLAY_ID + "','sentry.was_transaction':true,"
                + "'sentry._internal.replay_is_buffering':{'value':true},'user.id':42,'user.ip_address':'10.1.1.1'");

        Span expected = spanWith("'attributes':null");
        expected.setOp("o");
        expected.setKind("k");
        expected.setOrigin("g");
        expected.setSdk("s");
        expected.setRelease("r");
        expected.setEnvironment("e");
        expected.setPlatform("p");
        expected.setProfileId("f");
        expected.setReplayId(REPLAY_ID);
        expected.setWasTransaction(true);
        expected.setReplayIsBuffering(true);
        expected.setUserId("42");
        expected.setUserAddress("10.1.1.1");
        assertThat(span).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'profile_id':'f','replay_id':'r','sentry.user.id':'u','sentry.user.ip':'10.1.1.1','sentry.replay_is_buffering':'True'",
                "'profile_id':'f','replay.id':'r','sentry.user.id':'u','sentry.user.ip':'10.1.1.1',"
                        + "'user.ip_address':'{{auto}}','sentry._internal.replay_is_buffering':{'value':'true'}",
                "'sentry.profile_id':'f','sentry.replay_id':'r','user.id':'u','user.ip_address':'10.1.1.1',"
                        + "'sentry._internal.replay_is_buffering':true,'sentry.replay_is_buffering':false,"
                        + "'profile_id':'x','replay_id':'x','replay.id':'x','sentry.user.id':'x','sentry.user.ip':'x'"
            })
    void shouldReadOtherNamesOfTheSame(String attributes) {
        Span span = spanWithAttributes(attributes);

        assertThat(span.getProfileId()).isEqualTo("f");
        assertThat(span.getReplayId()).isEqualTo("r");
        assertThat(span.getUserId()).isEqualTo("u");
        assertThat(span.getUserAddress()).isEqualTo("10.1.1.1");
        assertThat(span.getReplayIsBuffering()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'client.address':'10.1.1.1'",
                "'user.ip_address':'{{auto}}'",
                "'sentry.was_transaction':false,'sentry.replay_is_buffering':'false'",
                "'sentry.was_transaction':1,'sentry._internal.replay_is_buffering':'yes'",
                "'user.id':null,'user.ip_address':{},'sentry.replay_id':{'value':[]}",
                "'Sentry.op':'x','sentry.op.name':'x','op':'x'"
            })
    void shouldNotTakeWhatIsNotMeant(String attributes) {
        assertThat(spanWithAttributes(attributes)).isEqualTo(spanWith("'attributes':{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "'name':'n','attributes':{'sentry.segment.name':'s'}|n",
                "'name':null,'attributes':{'sentry.segment.name':'s','sentry.transaction':'t'}|s",
                "'name':'','attributes':{'sentry.description':'d','sentry.transaction':'t'}|t",
                "'attributes':{'sentry.description':'d'}|d",
                "'attributes':{}|null"
            })
    void shouldNameTheSpan(String fields, @Nullable String expected) {
        assertThat(spanWith(fields).getName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "'status':'error','attributes':{'sentry.status.message':'not_found'}|not_found",
                "'status':'ok','attributes':{'sentry.status.message':null}|ok",
                "'status':'ok'|ok",
                "'attributes':{'sentry.status.message':'not_found'}|not_found",
                "'status':7|null"
            })
    void shouldPreferTheStatusMessage(String fields, @Nullable String expected) {
        assertThat(spanWith(fields).getStatus()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "sentry.javascript.browser, javascript",
                "sentry.javascript.react, javascript",
                "sentry.javascript.vue, javascript",
                "sentry.javascript.angular, javascript",
                "sentry.javascript.svelte, javascript",
                "sentry.javascript.react-native, javascript",
                "sentry.javascript.nextjs, javascript",
                "sentry.javascript.node, node",
                "sentry.javascript.bun, node",
                "sentry.javascript.deno, node",
                "sentry.javascript.nestjs, node",
                "sentry.javascript.express, node",
                "sentry.javascript.cloudflare, node",
                "sentry.javascript, javascript",
                "sentry.python, python",
                "sentry.python.django, python",
                "sentry.cocoa, cocoa",
                "sentry.java.android, java",
                "sentry.java.spring-boot, java",
                "sentry.dart.flutter, dart",
                "sentry.dart, dart",
                "sentry.php.laravel, php",
                "sentry.dotnet.aspnetcore, csharp",
                "sentry.invented, null",
                "opentelemetry, null",
                "sentry., null",
                "sentry.., null"
            })
    void shouldDeriveThePlatformFromTheSdk(String sdk, @Nullable String platform) {
        assertThat(spanWithAttributes("'sentry.sdk.name':'" + sdk + "'").getPlatform())
                .isEqualTo(platform);
        assertThat(spanWithAttributes("'sentry.sdk.name':'" + sdk + "','sentry.platform':'given'")
                        .getPlatform())
                .isEqualTo("given");
    }

    @Test
    void shouldRecogniseTheServerOfAFrameworkOfBothSides() {
        assertThat(spanWithAttributes("'sentry.sdk.name':'sentry.javascript.nextjs','sentry.kind':'server'")
                        .getPlatform())
                .isEqualTo("node");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'http.request.header.baggage':{'value':['b=1','c=2'],'type':'array'},"
                        + "'http.request.header.sentry-trace':{'value':['s','u']},'http.request.header.traceparent':['t']",
                "'http.request.header.baggage':{'value':'b=1,c=2','type':'string'},"
                        + "'http.request.header.sentry_trace':'s,u','http.request.header.traceparent':{'value':'t'}",
                "'http.request.header.baggage':{'value':'[\\'b=1\\',\\'c=2\\']'},"
                        + "'http.request.header.sentry_trace':'[ \\'s\\', \\'u\\' ]','http.request.header.traceparent':['t',null,5]",
                "'http.request.header.baggage':['b=1'],'http.request.header.baggage':['c=2'],"
                        + "'http.request.header.sentry-trace':'s','http.request.header.sentry_trace':['u'],"
                        + "'http.request.header.traceparent':{'type':'array','value':['t']}"
            })
    void shouldReadTheRequestHeaders(String attributes) {
        Span span = spanWithAttributes(attributes);

        assertThat(span.getBaggage()).isEqualTo("b=1,c=2");
        assertThat(span.getSentryTrace()).isEqualTo("s,u");
        assertThat(span.getTraceparent()).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{'value':null}", "5", "{'value':{'a':['b=1']}}", "[]", "[[],null]"})
    void shouldDoWithoutHeaders(String header) {
        assertThat(spanWithAttributes("'http.request.header.baggage':" + header + ",'http.request.header.sentry-trace':"
                                + header)
                        .getBaggage())
                .isNull();
    }

    @Test
    void shouldKeepTheEndOfLongBaggage() {
        Span span = spanWithAttributes(
                "'http.request.header.baggage':{'value':['" + "a=1,".repeat(1_000_000) + "','late=1']}");

        assertThat(span.getBaggage()).hasSizeBetween(8000, 8192).endsWith(",late=1");
        assertThat(span.getSegmentId()).isEqualTo(SPAN_ID);
    }
}
