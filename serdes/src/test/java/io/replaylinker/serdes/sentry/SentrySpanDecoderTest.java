package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.REPLAY_ID;
import static io.replaylinker.serdes.sentry.Decoding.SPAN_ID;
import static io.replaylinker.serdes.sentry.Decoding.TRACE_ID;
import static io.replaylinker.serdes.sentry.Decoding.assertControl;
import static io.replaylinker.serdes.sentry.Decoding.assertRejected;
import static io.replaylinker.serdes.sentry.Decoding.decodeSpan;
import static io.replaylinker.serdes.sentry.Decoding.json;
import static io.replaylinker.serdes.sentry.Decoding.segmentSpan;
import static io.replaylinker.serdes.sentry.Decoding.spanWith;
import static io.replaylinker.serdes.sentry.Decoding.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.RejectionReason;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which spans are taken, which are skipped, and the fields beside the attributes. */
class SentrySpanDecoderTest {

    private static final String IDS = "'project_id':22,'trace_id':'" + TRACE_ID + "','span_id':'" + SPAN_ID + "'";

    private static byte[] inner(String attributes) {
        return json("{" + IDS + ",'parent_span_id':'00000000000000a1','is_segment':false,'attributes':{" + attributes
                + "}}");
    }

    @Test
    void shouldCallATombstoneEmpty() {
        assertControl(new SentrySpanDecoder().decode("ingest-spans", new RecordHeaders(), null), "empty");
    }

    @Test
    void shouldReadASegment() {
        Span span = value(decodeSpan(
                json("{'organization_id':1," + IDS + ",'event_id':'" + REPLAY_ID + "','received':1795989328.086,"
                        + "'parent_span_id':'af1d9cc94498a995','name':'GET /api/buy','status':'error','is_segment':true,"
                        + "'start_timestamp':1795989327.3303845,'end_timestamp':1795989327.573452,'attributes':{"
                        + "'sentry.status.message':{'value':'internal_error','type':'string'},"
                        + "'sentry.origin':{'value':'auto.http.http_server','type':'string'},"
                        + "'sentry.op':{'value':'http.server','type':'string'},'sentry.kind':{'type':'string','value':'server'},"
                        + "'sentry.segment.id':{'value':'" + SPAN_ID + "','type':'string'},"
                        + "'sentry.sdk.name':{'value':'sentry.javascript.node','type':'string'},"
                        + "'sentry.release':{'value':'api@1','type':'string'},'sentry.environment':{'value':'prod','type':'string'},"
                        + "'http.response.status_code':{'value':502,'type':'integer'}},'links':null,'_meta':{}}")));

        Span expected = Span.newBuilder()
                .setEventId(REPLAY_ID)
                .setOrganizationId(1)
                .setProjectId(22)
                .setTraceId(TRACE_ID)
                .setSpanId(SPAN_ID)
                .setParentSpanId("af1d9cc94498a995")
                .setSegmentId(SPAN_ID)
                .setIsSegment(true)
                .setName("GET /api/buy")
                .setOp("http.server")
                .setKind("server")
                .setOrigin("auto.http.http_server")
                .setSdk("sentry.javascript.node")
                .setStatus("internal_error")
                .setStartTimestampMs(1_795_989_327_330L)
                .setTimestampMs(1_795_989_327_573L)
                .setReceivedMs(1_795_989_328_086L)
                .setPlatform("node")
                .setRelease("api@1")
                .setEnvironment("prod")
                .build();
        assertThat(span).isEqualTo(expected);
    }

    @Test
    void shouldReadAnEdge() {
        Span edge = value(decodeSpan(inner("'sentry.kind':{'value':'client'},'sentry.op':{'value':'http.client'},"
                + "'sentry.segment.id':{'value':'00000000000000e1'}")));

        assertThat(edge.getIsSegment()).isFalse();
        assertThat(edge.getSpanId()).isEqualTo(SPAN_ID);
        assertThat(edge.getParentSpanId()).isEqualTo("00000000000000a1");
        assertThat(edge.getSegmentId()).isEqualTo("00000000000000e1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sentry.kind':{'value':'client','type':'string'}",
                "'sentry.kind':{'type':'string','value':'producer'}",
                "'sentry.kind':{'value':'CLIENT'}",
                "'sentry.kind':'client'",
                "'sentry.kind' : { 'type' : [ 'x' ] , 'value' : 'client' }",
                "'sentry.kind':{'value':'internal'},'sentry.kind':{'value':'client'}",
                "'sentry.op':{'value':'http.client','type':'string'}",
                "'sentry.op':{'value':'http.client.fetch'}",
                "'sentry.op':'grpc'",
                "'sentry.op':'grpc.client','sentry.kind':null",
                "'sentry.op':'rpc'",
                "'sentry.op':'rpc.client'",
                "'sentry.op':'queue.publish'",
                "'sentry.op':'http.client','sentry.kind':'internal'",
                "'s\\u0065ntry.op':'http.client'",
                "'sentry.kind':'cli\\u0065nt'",
                "'x':{'value':'\\'sentry.op'},'y':'\\'sentry.kind\\':','sentry.kind':'client'",
                "'x':'ab.k.op.o.kk','x.kind':1,'op':'db','sentry.kinds':2,'sentry.op':'rpc'"
            })
    void shouldTakeAnInnerSpanThatCallsAnotherService(String attributes) {
        assertThat(value(decodeSpan(inner(attributes))).getIsSegment()).isFalse();
        assertThat(value(decodeSpan(inner("'padding':'" + "x".repeat(61) + "'," + attributes + ",'z':1")))
                        .getIsSegment())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'sentry.op':{'value':'db'}",
                "'sentry.kind':{'value':'internal'}",
                "'sentry.kind':{'value':'server'}",
                "'sentry.kind':{'value':null,'type':'string'}",
                "'sentry.kind':null,'sentry.op':null",
                "'sentry.kind':{'type':'client'}",
                "'sentry.kind':['client']",
                "'sentry.op':{'value':'http.server'}",
                "'sentry.op':{'value':'queue.process'}",
                // Served calls have the same operations
                "'sentry.op':{'value':'rpc'},'sentry.kind':{'value':'server'}",
                "'sentry.kind':{'value':'consumer'},'sentry.op':{'value':'grpc'}",
                "'x':{'sentry.kind':'client'}",
                "'x':'sentry.kind','y':'client'",
                "'op':'http.client','kind':'client'",
                "'x':'\\u0000','sentry.op':'db'"
            })
    void shouldSkipEveryOtherInnerSpan(String attributes) {
        assertControl(decodeSpan(inner(attributes)), "inner_span");
        // The same without the look: the attributes stand before the field.
        assertControl(
                decodeSpan(json(
                        "{'attributes':{" + attributes + "},'parent_span_id':'00000000000000a1','is_segment':false}")),
                "inner_span");
    }

    @Test
    void shouldFindACallerAtEveryPlaceOfTheAttributes() {
        for (int before = 0; before < 20; before++) {
            for (int behind = 0; behind < 20; behind++) {
                String attributes =
                        "'x':'" + "y".repeat(before) + "','sentry.op':'rpc','z':'" + "y".repeat(behind) + "'";
                assertThat(value(decodeSpan(inner(attributes))).getOp()).isEqualTo("rpc");
            }
            assertThat(value(decodeSpan(inner("'x':'" + "y".repeat(before) + "','sentry.op':'rpc'")))
                            .getOp())
                    .isEqualTo("rpc");
        }
    }

    @Test
    void shouldNotReadBehindTheLookAtASkippedSpan() {
        assertControl(decodeSpan(json("{'is_segment':false,'attributes':{'sentry.op':'db',,,")), "inner_span");
        assertRejected(decodeSpan(json("{'is_segment':false,,'attributes':{}}")), RejectionReason.NOT_JSON);
        assertRejected(decodeSpan(json("{'is_segment':true,'attributes':{,}}")), RejectionReason.NOT_JSON);
    }

    @Test
    void shouldNotAskForIdsOfASkippedSpan() {
        assertControl(decodeSpan(json("{'is_segment':false}")), "inner_span");
    }

    @Test
    void shouldReadNestedNamesOnlyAFewTimes() {
        String nested = "{'sentry.op':".repeat(150);
        String long1 = "'" + "x".repeat(1_000_000) + "'";

        assertControl(decodeSpan(inner("'x':" + nested + long1 + "}".repeat(150))), "inner_span");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'is_segment':true|true",
                "'is_segment':'true','parent_span_id':'00000000000000a1'|true",
                "'is_segment':false|false",
                "'is_segment':'false'|false",
                "'is_segment':null|true",
                "'is_segment':1,'parent_span_id':'00000000000000a1'|false",
                "'x':0|true",
                "'parent_span_id':null|true",
                "'parent_span_id':'00000000000000a1'|false",
                "'parent_span_id':'00000000000000a1','segment_id':'bccbd1ad5bd546d1'|true",
                "'parent_span_id':'00000000000000a1','attributes':{'sentry.segment.id':{'value':'BCCBD1AD5BD546D1'}}|true",
                "'attributes':{'sentry.segment.id':{'value':'00000000000000a1'}}|false",
                "'attributes':{'sentry.segment.id':{'value':'no hex'}}|false",
                "'parent_span_id':'00000000000000a1','attributes':{'sentry.origin':'auto.otlp.spans','sentry.kind':'server'}|true",
                "'parent_span_id':'00000000000000a1','attributes':{'sentry.origin':'auto.otlp.spans','sentry.kind':'consumer'}|true",
                "'parent_span_id':'00000000000000a1','attributes':{'sentry.origin':'auto.http','sentry.kind':'server'}|false",
                "'attributes':{'sentry.segment.id':'00000000000000a1','sentry.origin':'auto.otlp.spans','sentry.kind':'server'}|false",
                // Its own parent: no parent
                "'parent_span_id':'BCCBD1AD5BD546D1'|true"
            })
    void shouldRecogniseASegment(String fields, boolean isSegment) {
        if (isSegment) {
            Span span = value(decodeSpan(json("{" + IDS + "," + fields + "}")));
            assertThat(span.getIsSegment()).isTrue();
            assertThat(span.getSegmentId()).isEqualTo(SPAN_ID);
        } else {
            assertControl(decodeSpan(json("{" + IDS + "," + fields + "}")), "inner_span");
        }
    }

    @Test
    void shouldTakeAnInnerSpanOfOpenTelemetryWithoutASegmentForAnEdge() {
        String otlp = "'parent_span_id':'00000000000000a1','attributes':{'sentry.origin':'auto.otlp.spans',";
        String segment = "'sentry.segment.id':'00000000000000a2',";

        assertThat(value(decodeSpan(json("{" + IDS + "," + otlp + "'sentry.kind':'internal'}}")))
                        .getIsSegment())
                .isFalse();
        assertThat(value(decodeSpan(json("{" + IDS + ",'is_segment':false," + otlp + "'sentry.kind':'internal'}}")))
                        .getParentSpanId())
                .isEqualTo("00000000000000a1");
        assertControl(
                decodeSpan(json("{" + IDS + ",'is_segment':false," + otlp + segment + "'sentry.kind':'internal'}}")),
                "inner_span");
    }

    @ParameterizedTest
    @ValueSource(strings = {SPAN_ID, "BCCBD1AD5BD546D1", " bccbd1ad-5bd546d1"})
    void shouldReadASpanThatIsItsOwnParentAsOneWithoutParent(String parent) {
        assertThat(spanWith("'parent_span_id':'" + parent + "'").getParentSpanId())
                .isNull();
    }

    @Test
    void shouldPassOnAParentThatIsNoHex() {
        assertThat(spanWith("'parent_span_id':'no hex'").getParentSpanId()).isEqualTo("no hex");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'span_id':'bccbd1ad5bd546d1','project_id':22|NO_TRACE_ID",
                "'trace_id':'x','span_id':'bccbd1ad5bd546d1','project_id':22|NO_TRACE_ID",
                "'trace_id':5,'span_id':'bccbd1ad5bd546d1','project_id':22|NO_TRACE_ID",
                "'trace_id':'00000000000000000000000000000000','span_id':'bccbd1ad5bd546d1','project_id':22|NO_TRACE_ID",
                "'trace_id':'9f8f85932b484fcf9585c96780aecbdc','project_id':22|NO_SPAN_ID",
                "'trace_id':'9f8f85932b484fcf9585c96780aecbdc','span_id':'bccbd1ad5bd546dz','project_id':22|NO_SPAN_ID",
                "'trace_id':'9f8f85932b484fcf9585c96780aecbdc','span_id':'0000000000000000','project_id':22|NO_SPAN_ID",
                "'trace_id':'9f8f85932b484fcf9585c96780aecbdc','span_id':'bccbd1ad5bd546d1'|NO_PROJECT_ID",
                "'trace_id':'9f8f85932b484fcf9585c96780aecbdc','span_id':'bccbd1ad5bd546d1','project_id':-1|NO_PROJECT_ID"
            })
    void shouldRejectATakenSpanWithoutIds(String fields, RejectionReason reason) {
        assertRejected(decodeSpan(json("{" + fields + ",'is_segment':true}")), reason);
        assertRejected(
                decodeSpan(json("{" + fields + ",'is_segment':false,'attributes':{'sentry.kind':'client'}}")), reason);
        assertControl(decodeSpan(json("{" + fields + ",'is_segment':false}")), "inner_span");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "5", "'x'", "true", "[{}]"})
    void shouldRejectAnotherStructure(String message) {
        assertRejected(decodeSpan(json(message)), RejectionReason.WRONG_SHAPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}}", "{'is_segment':true", "{'is_segment':fals,'attributes':{}}", "{'a':}"})
    void shouldRejectWhatIsNotJson(String message) {
        assertRejected(decodeSpan(json(message)), RejectionReason.NOT_JSON);
    }

    @Test
    void shouldRejectDeepNesting() {
        assertRejected(decodeSpan(json("{'a':".repeat(1_000_000))), RejectionReason.BEYOND_LIMITS);
        assertRejected(
                decodeSpan(json("{'is_segment':true,'attributes':{'sentry.op':" + "[".repeat(1_000_000))),
                RejectionReason.BEYOND_LIMITS);
    }

    @Test
    void shouldReadTenMegabytesOfAttributes() {
        StringBuilder many = new StringBuilder("'sentry.name':'x'");
        for (int i = 0; many.length() < 10_000_000; i++) {
            many.append(",'attribute.")
                    .append(i)
                    .append("':{'type':'string','value':'")
                    .append(i)
                    .append("'}");
        }
        String one = "'sentry.op':'" + "x".repeat(10_000_000) + "'";

        assertThat(spanWith("'attributes':{" + many + ",'sentry.op':'db'}").getOp())
                .isEqualTo("db");
        assertThat(spanWith("'attributes':{" + one + "}").getOp()).isEqualTo("x".repeat(250));
        assertControl(decodeSpan(inner(many.toString())), "inner_span");
        assertControl(decodeSpan(inner(one)), "inner_span");
        assertThat(value(decodeSpan(inner(many + ",'sentry.op':'rpc'"))).getOp())
                .isEqualTo("rpc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "1795989327.3303845|1795989327330",
                "1795989327|1795989327000",
                "'1795989327.3303845'|1795989327330",
                "1795989327330|1795989327330",
                "1795989327330.4|1795989327330",
                "1.79598932733e12|1795989327330",
                "'1795989327330'|1795989327330",
                "' 1795989327330 '|1795989327330",
                "'2026-11-29T21:55:27.330Z'|1795989327330",
                "100000000000|100000000000000",
                "100000000001|100000000001",
                "1795989327330000|null",
                "1795989327330000000|null",
                "1e99|null",
                "-5|null",
                "0|null",
                "NaN|null",
                "null|null",
                "true|null",
                "{}|null",
                "[1795989327]|null",
                "'soon'|null",
                "'2026-11-29Tsoon'|null",
                "''|null"
            })
    void shouldReadTimesAsSecondsMillisecondsOrText(String time, @Nullable Long expected) {
        Span span = spanWith("'start_timestamp':" + time + ",'end_timestamp':" + time + ",'received':" + time);

        assertThat(span.getStartTimestampMs()).isEqualTo(expected);
        assertThat(span.getTimestampMs()).isEqualTo(expected);
        assertThat(span.getReceivedMs()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'name':null,'status':null,'attributes':null,'organization_id':null,'event_id':null",
                "'name':5,'status':{},'attributes':[],'organization_id':'x','parent_span_id':7,'links':[[]]",
                "'attributes':'x','organization_id':-3",
                "'attributes':{},'data':{'op':'x'},'sentry_tags':{'release':'x'}"
            })
    void shouldDoWithoutWhatIsMissingNullOrOfAnotherType(String fields) {
        assertThat(spanWith(fields)).isEqualTo(value(decodeSpan(segmentSpan(""))));
    }
}
