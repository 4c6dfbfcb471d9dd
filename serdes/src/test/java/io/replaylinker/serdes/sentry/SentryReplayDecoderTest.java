package io.replaylinker.serdes.sentry;

import static io.replaylinker.serdes.sentry.Decoding.REPLAY_ID;
import static io.replaylinker.serdes.sentry.Decoding.TRACE_ID;
import static io.replaylinker.serdes.sentry.Decoding.assertControl;
import static io.replaylinker.serdes.sentry.Decoding.assertRejected;
import static io.replaylinker.serdes.sentry.Decoding.decodeReplay;
import static io.replaylinker.serdes.sentry.Decoding.json;
import static io.replaylinker.serdes.sentry.Decoding.replay;
import static io.replaylinker.serdes.sentry.Decoding.segmentWith;
import static io.replaylinker.serdes.sentry.Decoding.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentryReplayDecoderTest {

    private static final String SEGMENT = "{'type':'replay_event','segment_id':3}";

    /** The JSON as older producers put it into the message: a list of its bytes. */
    private static String listOf(String payload) {
        byte[] bytes = json(payload);
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> Integer.toString(bytes[i] & 0xff))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void shouldCallATombstoneEmpty() {
        assertControl(new SentryReplayDecoder().decode("replays", new RecordHeaders(), null), "empty");
    }

    @Test
    void shouldReadASegment() {
        ReplaySegment segment = segmentWith(
                "'segment_id':3,'timestamp':1795174618.9,'replay_start_timestamp':1795174605.1674,"
                        + "'replay_type':'buffer','trace_ids':['" + TRACE_ID
                        + "'],'platform':'javascript','release':'web@1',"
                        + "'environment':'prod','contexts':{'replay':{'error_sample_rate':1}},'error_ids':null,'urls':[]");

        ReplaySegment expected = ReplaySegment.newBuilder()
                .setReplayId(REPLAY_ID)
                .setProjectId(11)
                .setSegmentId(3)
                .setReceivedMs(1_795_174_619_204L)
                .setTimestampMs(1_795_174_618_900L)
                .setReplayStartMs(1_795_174_605_167L)
                .setReplayType("buffer")
                .setTraceIds(List.of(TRACE_ID))
                .setRetentionDays(30)
                .setPlatform("javascript")
                .setRelease("web@1")
                .setEnvironment("prod")
                .build();
        assertThat(segment).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SEGMENT,
                "{'segment_id':3,'type':'replay_event'}",
                " {'segment_id':3,'user':{'id':'Zoë 😀'},'type':'replay_event'} "
            })
    void shouldReadBothFormsOfThePayloadAlike(String payload) {
        assertThat(decodeReplay(replay(listOf(payload)))).isEqualTo(decodeReplay(replay(payload)));
        assertThat(value(decodeReplay(replay(payload))).getSegmentId()).isEqualTo(3);
    }

    @Test
    void shouldNotCareForTheOrderOfKeys() {
        String message = "{'payload':" + listOf(SEGMENT)
                + ",'start_time':1795174619,'retention_days':30,'project_id':11," + "'replay_id':'" + REPLAY_ID + "'}";

        assertThat(value(decodeReplay(json(message))))
                .isEqualTo(value(decodeReplay(json(message.replace("1795174619,", "1795174619.0,")))))
                .extracting(ReplaySegment::getReplayId, ReplaySegment::getProjectId, ReplaySegment::getReceivedMs)
                .containsExactly(REPLAY_ID, 11L, 1_795_174_619_000L);
    }

    @Test
    void shouldTakeTheLastOfTwoPayloads() {
        String message = new String(replay(SEGMENT), StandardCharsets.UTF_8)
                .replace("}}", "},'payload':{'type':'replay_event','trace_ids':[]}}");

        assertThat(value(decodeReplay(json(message))).getSegmentId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event_link", "replay_actions", "replay_tap", "replay_viewed"})
    void shouldNameTheOtherMessagesOfTheStream(String type) {
        assertControl(decodeReplay(replay(listOf("{'type':'" + type + "','replay_id':null}"))), type);
        // Not even ids are asked of a message that is not for us.
        assertControl(decodeReplay(json("{'type':'replay_event','payload':{'type':'" + type + "'}}")), type);
    }

    @Test
    void shouldCallEveryOtherTypeOther() {
        assertControl(decodeReplay(replay("{'type':'invented'}")), "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "5", "'x'", "true"})
    void shouldRejectAnotherStructure(String message) {
        assertRejected(decodeReplay(json(message)), RejectionReason.WRONG_SHAPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "5",
                "'{}'",
                "{}",
                "{'segment_id':1}",
                "{'type':null}",
                "{'type':5}",
                "[]",
                "[123]",
                "[123,125]",
                "[123,125,125]",
                "[256]",
                "[-1]",
                "[1.5]",
                "['{','}']",
                "[null]",
                "[[123,125]]",
                "[99999999999999999999999999]"
            })
    void shouldRejectAPayloadThatCannotBeRead(String payload) {
        assertRejected(decodeReplay(replay(payload)), RejectionReason.BAD_PAYLOAD);
    }

    @Test
    void shouldRejectAMessageWithoutPayload() {
        assertRejected(
                decodeReplay(json("{'replay_id':'" + REPLAY_ID + "','project_id':11}")), RejectionReason.BAD_PAYLOAD);
    }

    @Test
    void shouldRejectAListThatHoldsAByteTooLarge() {
        String list = listOf(SEGMENT);

        assertRejected(
                decodeReplay(replay(list.substring(0, list.length() - 1) + ",256]")), RejectionReason.BAD_PAYLOAD);
        assertRejected(decodeReplay(replay("[" + "256,".repeat(3) + list.substring(1))), RejectionReason.BAD_PAYLOAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{'payload':[1,2}", "{'payload':{'type':'replay_event'}", "{}{}"})
    void shouldRejectWhatIsNotJson(String message) {
        assertRejected(decodeReplay(json(message)), RejectionReason.NOT_JSON);
    }

    @Test
    void shouldRejectDeepNestingOutsideAndInside() {
        String deep = "{'a':".repeat(1_000_000);

        assertRejected(decodeReplay(json(deep)), RejectionReason.BEYOND_LIMITS);
        assertRejected(decodeReplay(replay(listOf("[".repeat(100_000)))), RejectionReason.BAD_PAYLOAD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "0|0",
                "'7'|7",
                "65535|65535",
                "65536|null",
                "-1|null",
                "null|null",
                "1.5|null",
                "{}|null",
                "4294967296|null",
                "99999999999999999999|null"
            })
    void shouldReadTheSegmentNumber(String segment, @Nullable Integer expected) {
        assertThat(segmentWith("'segment_id':" + segment).getSegmentId()).isEqualTo(expected);
    }

    @Test
    void shouldReadAnArchiveRequest() {
        ReplaySegment archive = value(decodeReplay(replay(listOf(
                "{'type':'replay_event','replay_id':'" + REPLAY_ID + "','is_archived':true,'trace_ids':null}"))));

        assertThat(archive.getIsArchived()).isTrue();
        assertThat(archive.getSegmentId()).isNull();
        assertThat(archive.getTraceIds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "'''True''', true", "false, false", "null, false", "1, false", "{}, false"})
    void shouldReadTheArchiveFlag(String flag, boolean expected) {
        assertThat(segmentWith("'is_archived':" + flag).getIsArchived()).isEqualTo(expected);
    }

    @Test
    void shouldTakeAReplayEventWithoutSegmentAsProofOfActivity() {
        ReplaySegment segment = segmentWith("'trace_ids':['" + TRACE_ID + "']");

        assertThat(segment.getSegmentId()).isNull();
        assertThat(segment.getIsArchived()).isFalse();
        assertThat(segment.getTraceIds()).containsExactly(TRACE_ID);
    }

    @Test
    void shouldLeaveOutTracesThatAreNoText() {
        assertThat(segmentWith("'trace_ids':['a',null,5,['b'],{},true,'c']").getTraceIds())
                .containsExactly("a", "c");
    }

    @Test
    void shouldKeepAtMostTwoHundredTraces() {
        String ids = IntStream.range(0, 1000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));

        assertThat(segmentWith("'trace_ids':[" + ids + "]").getTraceIds())
                .hasSize(200)
                .endsWith("199");
    }

    @Test
    void shouldReadTheErrorsThatTheRecorderSent() {
        String ids = IntStream.range(0, 1000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));

        assertThat(segmentWith("'error_ids':['a',null,5,['b'],'c'],'trace_ids':['t']")
                        .getErrorIds())
                .containsExactly("a", "c");
        assertThat(segmentWith("'error_ids':[" + ids + "]").getErrorIds())
                .hasSize(200)
                .endsWith("199");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "5", "'x'"})
    void shouldDoWithoutTracesAndErrors(String ids) {
        assertThat(segmentWith("'trace_ids':" + ids).getTraceIds()).isEmpty();
        assertThat(segmentWith("'error_ids':" + ids).getErrorIds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // The outer object wins
                "'replay_id':'84c9b14583f94dd2ae467a01b5b5d83a','project_id':11,'retention_days':30|11|30",
                "'replay_id':'84c9b14583f94dd2ae467a01b5b5d83a','project_id':'11','retention_days':'30'|11|30",
                // The inner one stands in
                "'project_id':11,'retention_days':30|11|30",
                "'replay_id':null|99|7",
                "'replay_id':'nonsense','project_id':0,'retention_days':0|99|7",
                "'replay_id':5,'project_id':'x','retention_days':99999|99|7"
            })
    void shouldPreferTheOuterIdsAndRetention(String outer, long project, int days) {
        String inner = "{'type':'replay_event','replay_id':'" + REPLAY_ID + "','project_id':99,'retention_days':7}";
        ReplaySegment segment = value(decodeReplay(json("{" + outer + ",'payload':" + inner + "}")));

        assertThat(segment.getReplayId()).isEqualTo(REPLAY_ID);
        assertThat(segment.getProjectId()).isEqualTo(project);
        assertThat(segment.getRetentionDays()).isEqualTo(days);
        assertThat(segment.getReceivedMs()).isNull();
    }

    @Test
    void shouldAssumeNinetyDays() {
        String message = "{'replay_id':'" + REPLAY_ID + "','project_id':11,'payload':" + SEGMENT + "}";

        assertThat(value(decodeReplay(json(message))).getRetentionDays()).isEqualTo(90);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'project_id':11",
                "'project_id':11,'replay_id':'0'",
                "'project_id':11,'replay_id':'00000000000000000000000000000000'"
            })
    void shouldRejectASegmentWithoutReplay(String outer) {
        assertRejected(decodeReplay(json("{" + outer + ",'payload':" + SEGMENT + "}")), RejectionReason.NO_REPLAY_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'project_id':null", ",'project_id':0", ",'project_id':-11"})
    void shouldRejectASegmentWithoutProject(String project) {
        assertRejected(
                decodeReplay(json("{'replay_id':'" + REPLAY_ID + "'" + project + ",'payload':" + SEGMENT + "}")),
                RejectionReason.NO_PROJECT_ID);
    }

    @Test
    void shouldReadOptionalFieldsOfAnotherTypeAsAbsent() {
        ReplaySegment segment = segmentWith(
                "'timestamp':-1,'replay_start_timestamp':1e300,'replay_type':5,'platform':[],'release':{},'environment':null");

        assertThat(segment).isEqualTo(segmentWith("'urls':[]"));
    }
}
