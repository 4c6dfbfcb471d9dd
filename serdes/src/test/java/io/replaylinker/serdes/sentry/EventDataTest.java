package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.EVENT_ID;
import static io.replaylinker.serdes.sentry.Decoding.REPLAY_ID;
import static io.replaylinker.serdes.sentry.Decoding.TRACE_ID;
import static io.replaylinker.serdes.sentry.Decoding.decodeInsert;
import static io.replaylinker.serdes.sentry.Decoding.eventWith;
import static io.replaylinker.serdes.sentry.Decoding.segmentWith;
import static io.replaylinker.serdes.sentry.Decoding.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The event itself: names, times, trace, spans. */
class EventDataTest {

    @Test
    void shouldReadTheNames() {
        BackendEvent event = eventWith("'type':'transaction','level':'info','platform':'python','transaction':'GET /a',"
                + "'release':'api@1','environment':'prod'");

        assertThat(event.getType()).isEqualTo("transaction");
        assertThat(event.getLevel()).isEqualTo("info");
        assertThat(event.getPlatform()).isEqualTo("python");
        assertThat(event.getTransaction()).isEqualTo("GET /a");
        assertThat(event.getRelease()).isEqualTo("api@1");
        assertThat(event.getEnvironment()).isEqualTo("prod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'type':null", "'type':5", "'type':'default','type':{}"})
    void shouldCallAnEventWithoutTypeAnError(String data) {
        assertThat(eventWith(data).getType()).isEqualTo("error");
    }

    @Test
    void shouldPreferThePlatformThatSentryWrote() {
        BackendEvent event = value(decodeInsert(
                "'event_id':'" + EVENT_ID + "','project_id':22,'platform':'node','data':{'platform':'other'}"));

        assertThat(event.getPlatform()).isEqualTo("node");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'tags':[['release','r'],['environment','e']]", "'tags':{'sentry:release':'r','environment':'e'}"
            })
    void shouldFallBackToTheTagsForReleaseAndEnvironment(String tags) {
        BackendEvent event = eventWith(tags);

        assertThat(event.getRelease()).isEqualTo("r");
        assertThat(event.getEnvironment()).isEqualTo("e");
    }

    @Test
    void shouldPreferTheFieldToTheTag() {
        BackendEvent event =
                eventWith("'tags':[['release','r'],['environment','e']],'release':'api@1','environment':'prod'");

        assertThat(event.getRelease()).isEqualTo("api@1");
        assertThat(event.getEnvironment()).isEqualTo("prod");
    }

    @Test
    void shouldTakeANumberForAName() {
        assertThat(eventWith("'release':1.20,'transaction':7").getRelease()).isEqualTo("1.20");
    }

    @Test
    void shouldReadWantedFieldsOfAnotherTypeAsAbsent() {
        BackendEvent event =
                eventWith("'level':40,'platform':[],'transaction':{'a':1},'release':null,'environment':[[]],"
                        + "'timestamp':{},'start_timestamp':[1],'received':true,'contexts':[],'spans':{},'tags':5,'request':'x',"
                        + "'_dsc':'x'");

        assertThat(event).isEqualTo(eventWith(""));
    }

    @Test
    void shouldCutLongTextsButNotInsideACodePoint() {
        String long249 = "x".repeat(249);
        BackendEvent event = eventWith(
                "'transaction':'" + long249 + "😀tail','release':'" + long249 + "ab','environment':'" + long249 + "c'");

        assertThat(event.getTransaction()).isEqualTo(long249);
        assertThat(event.getRelease()).isEqualTo(long249 + "a");
        assertThat(event.getEnvironment()).isEqualTo(long249 + "c");
    }

    @Test
    void shouldReadTimesAsMilliseconds() {
        BackendEvent event =
                eventWith("'timestamp':1795174605.4709997,'start_timestamp':1795174605.1674,'received':1795174606");

        assertThat(event.getTimestampMs()).isEqualTo(1_795_174_605_471L);
        assertThat(event.getStartTimestampMs()).isEqualTo(1_795_174_605_167L);
        assertThat(event.getReceivedMs()).isEqualTo(1_795_174_606_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e300", "-1", "0", "NaN", "Infinity", "-Infinity", "null", "'soon'", "253402300800"})
    void shouldFallBackFromAnAbsurdTimestamp(String absurd) {
        BackendEvent event = eventWith("'timestamp':" + absurd + ",'received':1795174606,'start_timestamp':" + absurd);

        assertThat(event.getTimestampMs()).isEqualTo(1_795_174_606_000L);
        assertThat(event.getStartTimestampMs()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-20T11:36:45.471000Z, 1795174605471", "yesterday, 0"})
    void shouldFallBackToTheOuterTimeAndThenToNothing(String datetime, long expected) {
        BackendEvent event = value(decodeInsert("'event_id':'" + EVENT_ID + "','project_id':22,'datetime':'" + datetime
                + "','data':{'timestamp':-5,'received':1e99}"));

        assertThat(event.getTimestampMs()).isEqualTo(expected);
        assertThat(event.getReceivedMs()).isNull();
    }

    @Test
    void shouldReadTheContexts() {
        BackendEvent event =
                eventWith("'contexts':{'os':null,'trace':{'status':'ok','op':'http.server','data':{'op':'no'},"
                        + "'parent_span_id':'a1','span_id':'b2','trace_id':'" + TRACE_ID + "'},"
                        + "'replay':{'type':'replay','replay_id':'" + REPLAY_ID + "'},'profile':{'profile_id':'c3'}}");

        assertThat(event.getTraceId()).isEqualTo(TRACE_ID);
        assertThat(event.getSpanId()).isEqualTo("b2");
        assertThat(event.getParentSpanId()).isEqualTo("a1");
        assertThat(event.getOp()).isEqualTo("http.server");
        assertThat(event.getStatus()).isEqualTo("ok");
        assertThat(event.getReplayId()).isEqualTo(REPLAY_ID);
        assertThat(event.getProfileId()).isEqualTo("c3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'contexts':null",
                "'contexts':{'trace':null,'replay':null,'profile':null}",
                "'contexts':{'trace':[],'replay':'x','profile':5}",
                "'contexts':{'trace':{'trace_id':null,'span_id':5},'replay':{'replay_id':{}},'profile':{}}",
                "'trace':{'trace_id':'x'},'replay':{'replay_id':'x'},'extra':{'contexts':{'replay':{'replay_id':'x'}}}"
            })
    void shouldDoWithoutContexts(String data) {
        assertThat(eventWith(data)).isEqualTo(eventWith(""));
    }

    @Test
    void shouldReadTheReplayOfTheSamplingContext() {
        assertThat(eventWith("'_dsc':{'trace_id':'x','replay_id':'" + REPLAY_ID + "'}")
                        .getDscReplayId())
                .isEqualTo(REPLAY_ID);
    }

    @Test
    void shouldCollectOutgoingRequestsOnly() {
        BackendEvent event =
                eventWith("'spans':[{'span_id':'a','op':'http.client'},{'op':'http.client.fetch','span_id':'b'},"
                        + "{'op':'http.server','span_id':'c'},{'span_id':'d'},{'op':'http.client'},null,5,[],"
                        + "{'op':'http.client','span_id':7},{'op':'db','span_id':'e','data':{'op':'http.client'}}]");

        assertThat(event.getClientSpanIds()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'op':'http.client'",
                "'op':'grpc'",
                "'op':'grpc.client'",
                "'op':'rpc'",
                "'op':'queue.publish'",
                "'op':'x','kind':'client'",
                "'kind':'PRODUCER'",
                "'data':{'sentry.kind':'client'}",
                "'data':{'sentry.kind':{'value':'producer'}},'kind':'internal'",
                "'data':{'sentry.kind':null},'op':'http.client'"
            })
    void shouldCollectTheCallsOfOtherServices(String span) {
        assertThat(eventWith("'spans':[{" + span + ",'span_id':'a'},{'span_id':'b'," + span + "}]")
                        .getClientSpanIds())
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'op':'http.server'",
                "'op':'queue.process'",
                "'op':'db.rpc'",
                "'op':'rpc','kind':'server'",
                "'op':'grpc','data':{'sentry.kind':'consumer'}",
                "'kind':5,'data':[]",
                "'data':{'kind':'client'}"
            })
    void shouldNotCollectOtherSpans(String span) {
        assertThat(eventWith("'spans':[{'span_id':'a'," + span + "}]").getClientSpanIds())
                .isEmpty();
    }

    @Test
    void shouldReadTheSenderAndTheOriginOfTheTrace() {
        BackendEvent event =
                eventWith("'sdk':{'version':'11','name':'sentry.javascript.browser','packages':[{'name':'x'}]},"
                        + "'contexts':{'trace':{'origin':'auto.pageload.browser'}}");

        assertThat(event.getSdk()).isEqualTo("sentry.javascript.browser");
        assertThat(event.getOrigin()).isEqualTo("auto.pageload.browser");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sdk':null,'user':null,'contexts':{'feedback':null,'trace':{'data':null}}",
                "'sdk':'x','user':'x','contexts':{'feedback':[],'trace':{'origin':5,'data':[]}}",
                "'sdk':{'name':{}},'user':[],'contexts':{'feedback':{'replay_id':5}}",
                "'user':{'id':null,'ip_address':null,'email':'x'},'contexts':{'trace':{'data':{'sentry.replay_id':null}}}",
                "'user':{'id':{},'ip_address':7}",
                "'user':{'id':true,'ip_address':'{{auto}}'}",
                "'user':{'id':' ','ip_address':''}",
                "'contexts':{'trace':{'data':{'replay_id':'x','sentry.replay_is_buffering':'no'}}}"
            })
    void shouldDoWithoutSenderUserAndEvidence(String data) {
        assertThat(eventWith(data)).isEqualTo(eventWith(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "{'id':'u-1','ip_address':'10.1.1.1'}|u-1|10.1.1.1",
                "{'id':42,'ip_address':'2001:db8::1','name':'x'}|42|2001:db8::1",
                "{'ip_address':'{{auto}}','id':'u-1'}|u-1|null",
                "{'ip':'10.1.1.1'}|null|10.1.1.1"
            })
    void shouldReadTheUser(String user, @Nullable String id, @Nullable String address) {
        assertThat(eventWith("'user':" + user).getUserId()).isEqualTo(id);
        assertThat(eventWith("'user':" + user).getUserAddress()).isEqualTo(address);
        assertThat(segmentWith("'user':" + user).getUserId()).isEqualTo(id);
        assertThat(segmentWith("'user':" + user).getUserAddress()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'sentry.replay_id':'84c9b14583f94dd2ae467a01b5b5d83a'|false",
                "'sentry.replay_id':{'value':'84c9b14583f94dd2ae467a01b5b5d83a','type':'string'}|false",
                "'sentry.replay_id':'84c9b14583f94dd2ae467a01b5b5d83a','sentry._internal.replay_is_buffering':true|true",
                "'sentry.replay_is_buffering':'true','sentry.replay_id':'84c9b14583f94dd2ae467a01b5b5d83a'|true",
                "'replay_is_buffering':{'value':true},'sentry.replay_id':'84c9b14583f94dd2ae467a01b5b5d83a'|true",
                "'sentry._internal.replay_is_buffering':false,'sentry.replay_id':'84c9b14583f94dd2ae467a01b5b5d83a'|false"
            })
    void shouldReadTheReplayOfTheSpanAttributes(String attributes, boolean isBuffering) {
        BackendEvent event = eventWith("'contexts':{'trace':{'data':{" + attributes + "}}}");

        assertThat(event.getAttributeReplayId()).isEqualTo(REPLAY_ID);
        assertThat(event.getReplayIsBuffering()).isEqualTo(isBuffering);
    }

    @Test
    void shouldReadTheReplayOfTheFeedback() {
        BackendEvent event = eventWith(
                "'type':'default','contexts':{'feedback':{'message':'it hangs','replay_id':'" + REPLAY_ID + "'}}");

        assertThat(event.getFeedbackReplayId()).isEqualTo(REPLAY_ID);
        assertThat(event.getReplayId()).isNull();
        assertThat(event.getType()).isEqualTo("default");
        assertThat(event.getOccurrence()).isFalse();
    }

    @Test
    void shouldKeepAtMostSixtyFourOutgoingRequests() {
        String spans = IntStream.range(0, 100)
                .mapToObj(i -> "{'op':'http.client','span_id':'" + i + "'}")
                .collect(Collectors.joining(","));

        assertThat(eventWith("'spans':[" + spans + "],'level':'info'").getClientSpanIds())
                .hasSize(64)
                .endsWith("63");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "[['replayId','a'],['replay_id','b'],['replay.id','c']]|a",
                "[['replay.id','c'],['replay_id','b'],['replayId','a']]|a",
                "[['replay.id','c'],['replay_id','b']]|b",
                "[['sentry.replay_id','d'],['replay.id','c']]|c",
                "[['sentry.replay_id','d']]|d",
                "{'sentry.replay_id':'d','replay_id':'b'}|b",
                "{'replay.id':'c','replayId':'a'}|a",
                "[['replayId','a'],['replayId','z']]|z",
                "[['replayId','a'],['replayId',null]]|a",
                "[null,[],['replayId'],[null,'x'],[null,null],['replayId',{}],{},5,['replayId','a','more',[1]]]|a",
                "[['replayId',12]]|12",
                "[['replayid','a'],['ReplayId','a']]|null",
                "null|null",
                "[]|null"
            })
    void shouldReadTheReplayTag(String tags, @Nullable String expected) {
        assertThat(eventWith("'tags':" + tags).getReplayTag()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "'tags':[['hasReplay','true']]|true",
                "'tags':[['has_replay',true]]|true",
                "'tags':{'hasReplay':'True'}|true",
                "'tags':[['hasReplay','false']]|false",
                "'tags':[['hasReplay','false'],['has_replay','true']]|true",
                "'tags':[['hasReplay','true'],['has_replay','false']]|true",
                "'tags':[['hasReplay','1']]|null",
                "'tags':[['hasReplay',1]]|null",
                "'tags':[['hasReplay','yes']]|null",
                "'tags':[['hasReplay',null]]|null",
                "'contexts':{'trace':{'hasReplay':true}}|true",
                "'contexts':{'trace':{'has_replay':'true'}}|true",
                "'contexts':{'trace':{'has_replay':false}},'tags':[['hasReplay','true']]|true",
                "'contexts':{'trace':{'has_replay':true}},'tags':[['hasReplay','false']]|true",
                "'contexts':{'trace':{'has_replay':false}}|false",
                "'contexts':{'replay':{'has_replay':true}}|null",
                "'level':'error'|null"
            })
    void shouldReadTheFlag(String data, @Nullable Boolean expected) {
        assertThat(eventWith(data).getHasReplay()).isEqualTo(expected);
    }
}
