package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.EVENT_ID;
import static io.replaylinker.serdes.sentry.Decoding.SPAN_ID;
import static io.replaylinker.serdes.sentry.Decoding.TRACE_ID;
import static io.replaylinker.serdes.sentry.Decoding.assertControl;
import static io.replaylinker.serdes.sentry.Decoding.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ErrorDetail;
import io.replaylinker.schemas.ErrorFrame;
import io.replaylinker.schemas.EventSpan;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a detailed decoder reads: the details of errors, all spans, and changes of issues. */
class DetailedDecoderTest {

    @Test
    void shouldTakeTheLastExceptionOfTheChain() {
        ErrorDetail error = error("'culprit':'cart.checkout','exception':{'values':["
                + "{'type':'IOError','value':'cause','mechanism':{'handled':true}},null,"
                + "{'type':'TypeError','value':'undefined','mechanism':{'type':'generic','handled':false}}]}");

        assertThat(error.getType()).isEqualTo("TypeError");
        assertThat(error.getValue()).isEqualTo("undefined");
        assertThat(error.getHandled()).isFalse();
        assertThat(error.getCulprit()).isEqualTo("cart.checkout");
    }

    @Test
    void shouldTakeTheNewestFramesOfTheProgramItself() {
        String frames = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "{'function':'f" + i + "','filename':'app.js','lineno':" + i + ",'in_app':"
                        + (i % 2 == 0) + ",'vars':{'password':'secret'},'context_line':'x'}")
                .collect(Collectors.joining(","));

        ErrorDetail error = error("'exception':{'values':[{'type':'E','stacktrace':{'frames':[" + frames + "]}}]}");

        assertThat(error.getFrames()).hasSize(16);
        assertThat(error.getFrames().get(0).getFunction()).isEqualTo("f40");
        assertThat(error.getFrames().get(15).getFunction()).isEqualTo("f10");
        assertThat(error.getFrames()).allMatch(ErrorFrame::getInApp);
        assertThat(error.toString()).doesNotContain("secret");
    }

    @Test
    void shouldTakeTheNewestFramesOfAllWhereNoneIsOfTheProgram() {
        ErrorDetail error = error("'exception':{'values':[{'type':'E','stacktrace':{'frames':["
                + "{'function':'old','abs_path':'/lib/a.py','lineno':'7'},{'module':'lib.b','lineno':-1},5,null]}}]}");

        assertThat(error.getFrames()).containsExactly(frame("", "lib.b", 0), frame("old", "/lib/a.py", 7));
    }

    private static ErrorFrame frame(String function, String file, int line) {
        return ErrorFrame.newBuilder()
                .setFunction(function)
                .setFile(file)
                .setLine(line)
                .setInApp(false)
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'logentry':{'message':'low %s','formatted':'stock low'}",
                "'logentry':{'message':'stock low'}",
                "'message':'stock low'",
                "'message':'stock low','exception':{'values':[]}",
                "'message':'stock low','exception':7"
            })
    void shouldTakeTheMessageWhereThereIsNoException(String data) {
        ErrorDetail error = error(data);

        assertThat(error.getType()).isNull();
        assertThat(error.getValue()).isEqualTo("stock low");
    }

    @Test
    void shouldCutLongTexts() {
        ErrorDetail error = error("'exception':{'values':[{'type':'E','value':'" + "x".repeat(9_000) + "'}]}");

        assertThat(error.getValue()).hasSize(250);
    }

    @Test
    void shouldReadNeitherDetailsNorSpansUnlessAsked() {
        String data = "'type':'error','exception':{'values':[{'type':'E'}]},'spans':[{'span_id':'" + SPAN_ID + "'}]";

        BackendEvent event = Decoding.eventWith(data);

        assertThat(event.getError()).isNull();
        assertThat(event.getInnerSpans()).isNull();
        assertThat(event.getPrimaryHash()).isNull();
    }

    @Test
    void shouldReadTheSpansInsideATransaction() {
        BackendEvent event = event("'type':'transaction','spans':[{'span_id':'" + SPAN_ID
                + "','parent_span_id':'aaaaaaaaaaaaaaaa','op':'http.client','description':'GET /','status':'ok',"
                + "'start_timestamp':1795174605.375,'timestamp':1795174605.5},null,{'op':'db'}]");

        assertThat(event.getError()).isNull();
        assertThat(event.getInnerSpans())
                .containsExactly(EventSpan.newBuilder()
                        .setSpanId(SPAN_ID)
                        .setParentSpanId("aaaaaaaaaaaaaaaa")
                        .setOp("http.client")
                        .setName("GET /")
                        .setStatus("ok")
                        .setStartTimestampMs(1_795_174_605_375L)
                        .setTimestampMs(1_795_174_605_500L)
                        .build());
        assertThat(event.getClientSpanIds()).containsExactly(SPAN_ID);
    }

    @Test
    void shouldReadEveryInnerSpanForTreesAlone() {
        String inner = "{'project_id':22,'trace_id':'" + TRACE_ID + "','span_id':'" + SPAN_ID
                + "','is_segment':false,'name':'SELECT','attributes':{'sentry.op':'db','sentry.segment.id':'bbbbbbbbbbbbbbbb'}}";

        Span span = Decoding.value(span(inner));

        assertThat(span.getContextOnly()).isTrue();
        assertThat(span.getOp()).isEqualTo("db");
        assertThat(span.getSegmentId()).isEqualTo("bbbbbbbbbbbbbbbb");
        assertControl(Decoding.decodeSpan(json(inner)), "inner_span");
    }

    @Test
    void shouldNotMarkASpanThatTheJoinNeeds() {
        Span client = Decoding.value(span("{'project_id':22,'trace_id':'" + TRACE_ID + "','span_id':'" + SPAN_ID
                + "','is_segment':false,'attributes':{'sentry.op':'http.client'}}"));

        assertThat(client.getContextOnly()).isFalse();
    }

    @Test
    void shouldPassOverAnInnerSpanWithoutIdsInsteadOfRejectingIt() {
        assertControl(span("{'project_id':22,'is_segment':false,'attributes':{'sentry.op':'db'}}"), "inner_span");
    }

    @Test
    void shouldReadAMerge() {
        assertThat(change(
                        "end_merge",
                        "'project_id':22,'previous_group_ids':[5,'6',0],'new_group_id':7,'datetime':"
                                + "'2026-10-05T09:00:00.000000Z'"))
                .isEqualTo(new Decoded.IssueChange<BackendEvent>(
                        "end_merge", 22, List.of(5L, 6L), 7, List.of(), 1_791_190_800_000L));
    }

    @Test
    void shouldReadASplitOfHashes() {
        Decoded<BackendEvent> change = change(
                "end_unmerge",
                "'project_id':22,'previous_group_id':5,'new_group_id':7,'hashes':['" + EVENT_ID + "','x']");

        assertThat(change)
                .isEqualTo(new Decoded.IssueChange<BackendEvent>(
                        "end_unmerge", 22, List.of(5L), 7, List.of(Objects.requireNonNull(Ids.parse(EVENT_ID))), 0));
    }

    @Test
    void shouldReadADeletionOfIssues() {
        assertThat(change("end_delete_groups", "'project_id':22,'group_ids':[5,6],'new_group_id':9"))
                .isEqualTo(new Decoded.IssueChange<BackendEvent>(
                        "end_delete_groups", 22, List.of(5L, 6L), 0, List.of(), 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'previous_group_ids':[5],'new_group_id':7",
                "'project_id':22,'previous_group_ids':[],'new_group_id':7",
                "'project_id':22,'previous_group_ids':[5]",
                "'project_id':22,'previous_group_ids':'5','new_group_id':{}"
            })
    void shouldTakeAMergeThatCannotBeFollowedForAControlMessage(String fields) {
        assertControl(change("end_merge", fields), "end_merge");
    }

    private static Decoded<BackendEvent> change(String operation, String fields) {
        return Decoding.decodeEvent(json("[2,'" + operation + "',{" + fields + "}]"));
    }

    private static ErrorDetail error(String data) {
        return event("'type':'error'," + data).getError();
    }

    private static BackendEvent event(String data) {
        return Decoding.value(new SentryEventDecoder(true)
                .decode(
                        "events",
                        new RecordHeaders(),
                        json("[2,'insert',{'event_id':'" + EVENT_ID + "','project_id':22,'data':{" + data + "}},{}]")));
    }

    private static Decoded<Span> span(String json) {
        return new SentrySpanDecoder(true).decode("ingest-spans", new RecordHeaders(), json(json));
    }
}
