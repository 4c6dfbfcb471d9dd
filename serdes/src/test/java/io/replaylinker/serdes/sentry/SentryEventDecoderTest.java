package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.EVENT_ID;
import static io.replaylinker.serdes.sentry.Decoding.REPLAY_ID;
import static io.replaylinker.serdes.sentry.Decoding.assertControl;
import static io.replaylinker.serdes.sentry.Decoding.assertRejected;
import static io.replaylinker.serdes.sentry.Decoding.decodeEvent;
import static io.replaylinker.serdes.sentry.Decoding.decodeInsert;
import static io.replaylinker.serdes.sentry.Decoding.eventWith;
import static io.replaylinker.serdes.sentry.Decoding.json;
import static io.replaylinker.serdes.sentry.Decoding.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.serdes.RejectionReason;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The message around the event: what is an insert, what a control message, what a rejection. */
class SentryEventDecoderTest {

    private static final String IDS = "'event_id':'" + EVENT_ID + "','project_id':22";

    @Test
    void shouldCallATombstoneEmpty() {
        assertControl(new SentryEventDecoder().decode("events", new RecordHeaders(), null), "empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start_delete_groups",
                "end_delete_groups",
                "start_merge",
                "end_merge",
                "start_unmerge",
                "end_unmerge",
                "start_unmerge_hierarchical",
                "end_unmerge_hierarchical",
                "start_delete_tag",
                "end_delete_tag",
                "tombstone_events",
                "replace_group",
                "exclude_groups"
            })
    void shouldNameTheOperationsOfTheStream(String operation) {
        assertControl(decodeEvent(json("[2,'" + operation + "',{'project_id':22}]")), operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2,'invented',{}]", "[2,'INSERT',{}]", "[2,'',{}]", "[2,'x']", "['2','x',[],1,2,3]"})
    void shouldCallEveryOtherOperationOther(String message) {
        assertControl(decodeEvent(json(message)), "other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "5",
                "'insert'",
                "[]",
                "[2]",
                "[2,null,{}]",
                "[2,5,{}]",
                "[2,['insert'],{}]",
                "[2,'insert']",
                "[2,'insert',null]",
                "[2,'insert',[]]",
                "[1,'insert',{}]",
                "[3,'start_merge',{}]",
                "['insert',{}]",
                "[{},'insert',{}]"
            })
    void shouldRejectAnotherStructure(String message) {
        assertRejected(decodeEvent(json(message)), RejectionReason.WRONG_SHAPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[2,'insert',{",
                "[2,'start_merge',{}",
                "[2,'start_merge',{}]]",
                "[2,'start_merge',{}]{}",
                "[2,'start_merge',{'a'}]",
                "[2 'start_merge',{}]",
                "hello",
                "\u0000"
            })
    void shouldRejectWhatIsNotJson(String message) {
        assertRejected(decodeEvent(json(message)), RejectionReason.NOT_JSON);
    }

    @Test
    void shouldRejectOtherEncodings() {
        assertRejected(
                decodeEvent("[2,\"start_merge\",{}]".getBytes(StandardCharsets.UTF_16)), RejectionReason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 100_000, 5_000_000})
    void shouldRejectDeepNesting(int depth) {
        assertRejected(decodeEvent(json("[".repeat(depth))), RejectionReason.BEYOND_LIMITS);
        assertRejected(decodeEvent(json("[2,'insert'," + "{'a':".repeat(depth))), RejectionReason.BEYOND_LIMITS);
    }

    @Test
    void shouldSkipWhatIsNestedLess() {
        String deep = "[".repeat(190) + "]".repeat(190);

        assertThat(value(decodeInsert(IDS + ",'extra':" + deep)).getEventId()).isEqualTo(EVENT_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'project_id':22",
                "'project_id':22,'event_id':null",
                "'project_id':22,'event_id':5",
                "'project_id':22,'event_id':{}",
                "'project_id':22,'event_id':''",
                "'project_id':22,'event_id':'8da5'",
                "'project_id':22,'event_id':'00000000000000000000000000000000'",
                "'event_id':'" + EVENT_ID + "','project_id':22,'event_id':[]"
            })
    void shouldRejectAnEventWithoutId(String fields) {
        assertRejected(decodeInsert(fields), RejectionReason.NO_EVENT_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "0",
                "-1",
                "22.5",
                "'x'",
                "''",
                "[22]",
                "99999999999999999999",
                "'99999999999999999999'",
                "true"
            })
    void shouldRejectAnEventWithoutProject(String project) {
        assertRejected(
                decodeInsert("'event_id':'" + EVENT_ID + "'" + (project.isEmpty() ? "" : ",'project_id':" + project)),
                RejectionReason.NO_PROJECT_ID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"22|22", "'22'|22", "' 22 '|22", "9223372036854775807|9223372036854775807"})
    void shouldReadTheProject(String project, long expected) {
        BackendEvent event = value(decodeInsert("'event_id':'" + EVENT_ID + "','project_id':" + project));

        assertThat(event.getProjectId()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8DA5EAEC2F0B4368BEF4A23249F7CEC9",
                "8da5eaec-2f0b-4368-bef4-a23249f7cec9",
                " 8da5eaec2f0b4368bef4a23249f7cec9"
            })
    void shouldPassTheEventIdOnAsItIsSpelled(String spelling) {
        BackendEvent event = value(decodeInsert("'project_id':22,'event_id':'" + spelling + "'"));

        assertThat(event.getEventId()).isEqualTo(spelling);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'data':null", ",'data':[]", ",'data':5", ",'data':{}"})
    void shouldReadAnEventWithoutEvidence(String data) {
        BackendEvent event = value(decodeInsert(IDS + data));

        BackendEvent expected = BackendEvent.newBuilder()
                .setEventId(EVENT_ID)
                .setProjectId(22)
                .setTimestampMs(0)
                .build();
        assertThat(event).isEqualTo(expected);
    }

    @Test
    void shouldReadWhatSentryWritesAroundTheEvent() {
        BackendEvent event = value(decodeInsert("'organization_id':7,'group_id':12508870,'platform':'node'," + IDS));

        assertThat(event.getOrganizationId()).isEqualTo(7);
        assertThat(event.getGroupId()).isEqualTo(12_508_870);
        assertThat(event.getPlatform()).isEqualTo("node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-5", "'x'", "{}", "1e3"})
    void shouldDoWithoutOrganizationAndGroup(String wrong) {
        BackendEvent event = value(decodeInsert("'organization_id':" + wrong + ",'group_id':" + wrong + "," + IDS));

        assertThat(event.getOrganizationId()).isZero();
        assertThat(event.getGroupId()).isNull();
    }

    @Test
    void shouldNotCareForTheOrderOfKeys() {
        BackendEvent event =
                value(decodeInsert("'data':{'tags':[['replayId','" + REPLAY_ID + "']],'type':'default'}," + IDS));

        assertThat(event.getEventId()).isEqualTo(EVENT_ID);
        assertThat(event.getReplayTag()).isEqualTo(REPLAY_ID);
        assertThat(event.getType()).isEqualTo("default");
    }

    @Test
    void shouldTakeTheLastOfTwoFieldsWithOneName() {
        BackendEvent event = value(decodeInsert("'project_id':1,'data':{'release':'old','level':'info',"
                + "'tags':[['replayId','" + REPLAY_ID + "']],'contexts':{'replay':{'replay_id':'x'}}},"
                + IDS + ",'data':{'level':'fatal','level':'error'}"));

        BackendEvent expected = eventWith("'level':'error'");
        assertThat(event).isEqualTo(expected);
    }

    @Test
    void shouldReadNamesThatAreSpelledWithEscapes() {
        BackendEvent event = eventWith("'l\\u0065vel':'err\\u006fr','\\u0074ags':{'rep\\u006cayId':'x'}");

        assertThat(event.getLevel()).isEqualTo("error");
        assertThat(event.getReplayTag()).isEqualTo("x");
    }

    @Test
    void shouldReadPastAByteOrderMark() {
        assertControl(decodeEvent(json("\ufeff[2,'end_merge',{}] \r\n")), "end_merge");
    }
}
