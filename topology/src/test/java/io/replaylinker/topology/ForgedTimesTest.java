package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Times that a broken or hostile program writes into Sentry's JSON, on records that the broker stamps with the truth: no event stops
 * waiting early, and the links are those of true times.
 */
class ForgedTimesTest {

    private static final int REPLAY = 0xa;
    private static final int OTHER_REPLAY = 0xb;
    private static final int TRACE = 0x7;
    private static final String ABSENT = "";

    private final Pipeline pipeline = Pipeline.ofSentry();

    @AfterEach
    void close() {
        pipeline.close();
    }

    /** The year 2096, twice; nothing; what is no number; too many digits for any. */
    static List<String> forged() {
        return List.of(
                "4000000000",
                "'2096-10-02T07:06:40Z'",
                "-1",
                "0",
                ABSENT,
                "NaN",
                "1e300",
                "99999999999999999999",
                "'soon'",
                "{}");
    }

    @ParameterizedTest
    @MethodSource("forged")
    void shouldLinkAllTheSameWhenEventsForgeATime(String value) {
        for (int second = 0; second < 20; second++) {
            String field = List.of("received", "timestamp", "start_timestamp").get(second % 3);
            event(0x100 + second, second, "'replay':{'replay_id':'" + id(REPLAY) + "'}", field, value);
            event(0x200 + second, second, trace(), field, value);
        }
        event(1, 3, trace(), "none", ABSENT);

        pipeline.passes(Duration.ofSeconds(45));
        assertThat(pipeline.unlinked()).isEmpty();
        segment(REPLAY, 0, 50, "none", ABSENT);

        assertThat(pipeline.links()).hasSize(41).allSatisfy((event, replay) -> assertThat(replay)
                .isEqualTo(REPLAY));
        assertThat(pipeline.emittedLinks()).hasSizeGreaterThanOrEqualTo(41).allSatisfy(link -> {
            assertThat(link.getEvent().getReceivedMs()).isBetween(at(0), at(30));
            assertThat(link.getEvent().getTimestampMs()).isBetween(at(0), at(30));
        });
    }

    @ParameterizedTest
    @MethodSource("forged")
    void shouldCloseNoEventEarlyWhenSegmentsForgeATime(String value) {
        event(1, 3, trace(), "none", ABSENT);
        for (int second = 4; second < 34; second++) {
            String field =
                    List.of("start_time", "timestamp", "replay_start_timestamp").get(second % 3);
            segment(OTHER_REPLAY, second, second, field, value);
        }

        pipeline.passes(Duration.ofSeconds(45));
        assertThat(pipeline.unlinked()).isEmpty();
        segment(REPLAY, 0, 50, "none", ABSENT);

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forged")
    void shouldBoundTheLengthOfAReplayThatForgesItsTimes(String value) {
        event(1, 3, trace(), "none", ABSENT);
        segment(REPLAY, 0, 5, "start_time", value);
        segment(REPLAY, 1, 10, "timestamp", value);
        segment(REPLAY, 2, 15, "replay_start_timestamp", value);

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.emittedLinks()).isNotEmpty().allSatisfy(link -> {
            assertThat(link.getReplayStartedMs()).isBetween(at(0), at(15));
            assertThat(link.getInSession()).isTrue();
        });
        assertThat(pipeline.replayStates()).isNotEmpty().allSatisfy(replayState -> assertThat(
                        replayState.getLastSeenMs())
                .isBetween(at(5), at(25)));
    }

    private static String trace() {
        return "'trace':{'trace_id':'" + id(TRACE) + "'}";
    }

    private void event(int event, int second, String context, String forged, String value) {
        String times = time("received", at(second), forged, value)
                + time("timestamp", at(second), forged, value)
                + (forged.equals("start_timestamp") ? time(forged, 0, forged, value) : "");
        pipeline.json(
                "events",
                "[2,'insert',{'event_id':'" + id(event) + "','project_id':22,'organization_id':1,'data':{" + times
                        + "'tags':[['hasReplay','true']],'contexts':{" + context + "}}},{}]",
                at(second));
    }

    private void segment(int replay, int number, int second, String forged, String value) {
        String listed = replay == REPLAY ? "'" + id(TRACE) + "'" : "";
        pipeline.json(
                "ingest-replay-events",
                "{'replay_id':'" + id(replay) + "','project_id':11,'retention_days':90,"
                        + time("start_time", at(second), forged, value) + "'payload':{'type':'replay_event',"
                        + time("timestamp", at(second), forged, value)
                        + time("replay_start_timestamp", at(0), forged, value)
                        + "'segment_id':" + number + ",'trace_ids':[" + listed + "]}}",
                at(second));
    }

    /** The field with the true time or, if it is that one, the forged value; seconds, as Sentry writes them. */
    private static String time(String field, long trueMs, String forged, String value) {
        String written = field.equals(forged) ? value : "%d.%03d".formatted(trueMs / 1_000, trueMs % 1_000);
        return written.isEmpty() ? "" : "'" + field + "':" + written + ",";
    }
}
