package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.EVENT_ID;
import static io.replaylinker.serdes.sentry.Decoding.decodeInsert;
import static io.replaylinker.serdes.sentry.Decoding.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue-platform events: the same message as an event's, with what kind of issue it is. */
class OccurrenceTest {

    private static BackendEvent event(String occurrenceData) {
        return value(decodeInsert("'event_id':'" + EVENT_ID + "','project_id':22,'occurrence_data':" + occurrenceData
                + ",'data':{'type':'generic','level':'info'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "1001, performance",
        "1999, performance",
        "2011, profile",
        "4001, cron",
        "4003, cron",
        "5001, dead_click",
        "5002, rage_click",
        "5003, hydration_error",
        "5004, occurrence",
        "6001, feedback",
        "7001, uptime",
        "8001, metric",
        "3501, occurrence",
        "9001, occurrence",
        "999, occurrence",
        "0, occurrence",
        "10001, occurrence",
        "99999999999, occurrence",
        "'''6001''', feedback"
    })
    void shouldNameTheKindOfIssue(String type, String kind) {
        BackendEvent event = event("{'id':'x','type':" + type + ",'level':'error'}");

        assertThat(event.getType()).isEqualTo(kind);
        assertThat(event.getOccurrence()).isTrue();
        assertThat(event.getLevel()).isEqualTo("info");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{'type':null}",
                "{'type':'feedback'}",
                "{'type':1.5}",
                "{'type':-1}",
                "{'type':[6001]}",
                "{'issue_type':6001}",
                "[{'type':6001}]",
                "6001",
                "'6001'"
            })
    void shouldReadAnEventWithoutOneAsAnOrdinaryOne(String occurrenceData) {
        assertThat(event(occurrenceData).getType()).isEqualTo("generic");
        assertThat(event(occurrenceData).getOccurrence()).isFalse();
    }

    @Test
    void shouldReadTheFeedbackOfAnIssue() {
        BackendEvent event =
                value(decodeInsert("'event_id':'" + EVENT_ID + "','project_id':22,'data':{'contexts':{'feedback':{"
                        + "'replay_id':'r','associated_event_id':'e'}}},'occurrence_data':{'type':6001}"));

        assertThat(event.getType()).isEqualTo("feedback");
        assertThat(event.getFeedbackReplayId()).isEqualTo("r");
    }
}
