package io.replaylinker.runtime.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.join.Explanation.PathEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationJsonTest {

    @Test
    void shouldHaveThePathTheVisitsAndTheRule() {
        String json = json(Explanations.chosen(
                List.of(Explanations.SERVER, Explanations.page(Explanations.R)),
                PathEnd.REPLAY,
                List.of(Explanations.replay(Explanations.R, true), Explanations.unnamed()),
                Method.SPAN,
                0.98));

        assertThat(json)
                .containsSubsequence(
                        "\"event_id\" : \"" + Explanations.EVENT + "\"",
                        "\"step\" : \"trace\"",
                        "\"path\" : [ {",
                        "\"span_id\" : \"b1cd9e66f8012345\"",
                        "\"side\" : \"server\"",
                        "\"replay_id\" : null",
                        "\"span_id\" : \"a9e0000000000001\"",
                        "\"side\" : \"browser\"",
                        "\"replay_id\" : \"" + Ids.hex(Explanations.R) + "\"",
                        "\"path_end\" : \"replay\"",
                        "\"visits\" : [ {",
                        "\"same_user\" : true",
                        "\"root_span_id\" : \"a9e0000000000001\"",
                        "\"gap_ms\" : 12345",
                        "\"rule\" : \"the path of spans",
                        "\"method\" : \"span\"",
                        "\"confidence\" : 0.98",
                        "\"reason\" : null",
                        "\"closed\" : false",
                        "\"lines\" : [ \"Event " + Explanations.EVENT);
    }

    @Test
    void shouldHaveTheReasonAndWhatWasNeeded() {
        String json = json(Explanations.missing(List.of(), PathEnd.OPEN, List.of(), UnlinkedReason.TRACE_NOT_SEEN));

        assertThat(json)
                .containsSubsequence(
                        "\"path\" : [ ]",
                        "\"reason\" : \"TRACE_NOT_SEEN\"",
                        "\"meaning\" : \"no replay was seen on the trace\"",
                        "\"needed\" : \"needed: a replay that lists this trace");
    }

    private static String json(Explanation explanation) {
        return JsonFields.document(fields -> ExplanationJson.write(explanation, fields));
    }
}
