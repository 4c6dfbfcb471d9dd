package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.TraceNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The topic of trace nodes, from Sentry's messages. */
class TraceNodesTest {

    private static final String TRACE = "7194e898ff0a4b6fb8a0e94a24b3de98";

    @Test
    void shouldWriteANodeForEveryEventLinkedOrNot() {
        try (Pipeline pipeline = Pipeline.ofSentry(ContextSettings.ALL)) {
            pipeline.json("events", error("TypeError", "no user jane@shop.example"), Samples.TEN);

            assertThat(pipeline.traceNodes()).singleElement().satisfies(node -> {
                assertThat(node.getIsNode()).isTrue();
                assertThat(node.getError().getType()).isEqualTo("TypeError");
                assertThat(node.getError().getValue()).isEqualTo("no user [email]");
                assertThat(node.getEvent().getTransaction()).isEqualTo("/cart?[redacted]");
                assertThat(node.getPrimaryHash()).isNotNull();
            });
        }
    }

    @Test
    void shouldKeepOnlyDetailsOfErrorsWhereNodesAreNotKept() {
        try (Pipeline pipeline = Pipeline.ofSentry(new ContextSettings(true, false, false, false))) {
            pipeline.json("events", error("TypeError", "x"), Samples.TEN).json("events", transaction(), Samples.TEN);

            assertThat(pipeline.traceNodes()).singleElement().satisfies(node -> {
                assertThat(node.getIsNode()).isFalse();
                assertThat(node.getTraceId()).isNotNull();
                assertThat(node.getError()).isNotNull();
            });
        }
    }

    @Test
    void shouldWriteNothingWhereItIsOff() {
        try (Pipeline pipeline = Pipeline.ofSentry(ContextSettings.OFF)) {
            pipeline.json("events", error("TypeError", "x"), Samples.TEN);

            assertThat(pipeline.traceNodes()).isEmpty();
        }
    }

    @Test
    void shouldKeepTheNamesOfInnerSpansOnlyWhenAsked() {
        assertThat(names(ContextSettings.ALL)).containsExactly((String) null);
        assertThat(names(new ContextSettings(true, true, true, true))).containsExactly("SELECT 1");
    }

    private static List<String> names(ContextSettings context) {
        try (Pipeline pipeline = Pipeline.ofSentry(context)) {
            pipeline.json("events", transaction(), Samples.TEN);
            TraceNode node = pipeline.traceNodes().get(0);
            assertThat(node.getSpans()).hasSize(1);
            assertThat(node.getSpans().get(0).getDurationMs()).isEqualTo(125);
            assertThat(node.getEvent().getClientSpanIds()).isEmpty();
            return node.getSpans().stream().map(span -> span.getName()).toList();
        }
    }

    @Test
    void shouldPassOnMergesAndDeletions() {
        try (Pipeline pipeline = Pipeline.ofSentry(ContextSettings.ALL)) {
            pipeline.json(
                            "events",
                            "[2,'end_merge',{'project_id':22,'previous_group_ids':[5],'new_group_id':6}]",
                            Samples.TEN)
                    .json(
                            "events",
                            "[2,'tombstone_events',{'project_id':22,'event_ids':['" + TRACE + "']}]",
                            Samples.TEN);

            assertThat(pipeline.traceNodes())
                    .extracting(node -> node.getChange().getOperation())
                    .containsExactly("end_merge", "tombstone_events");
        }
    }

    private static String error(String type, String value) {
        return "[2,'insert',{'event_id':'1102497293404247906e36789ab85c79','organization_id':1,'project_id':22,"
                + "'group_id':5,'primary_hash':'a8774cf8028b2430cc13e3d8315dc83e','platform':'node','data':{'type':'error',"
                + "'transaction':'/cart?id=7','timestamp':1795174607,'exception':{'values':[{'type':'" + type
                + "','value':'" + value + "'}]},'contexts':{'trace':{'trace_id':'" + TRACE
                + "','span_id':'92e3e551befc6ce5'}}}},{}]";
    }

    private static String transaction() {
        return "[2,'insert',{'event_id':'8855572bd7824337a940f78942f1d19c','organization_id':1,'project_id':22,"
                + "'platform':'node','data':{'type':'transaction','transaction':'GET /','timestamp':1795174607,"
                + "'start_timestamp':1795174606,'contexts':{'trace':{'trace_id':'" + TRACE
                + "','span_id':'92e3e551befc6ce5'}},'spans':[{'span_id':'b13d7db0a2a5e87a','op':'http.client',"
                + "'description':'SELECT 1','start_timestamp':1795174606.375,'timestamp':1795174606.5}]}},{}]";
    }
}
