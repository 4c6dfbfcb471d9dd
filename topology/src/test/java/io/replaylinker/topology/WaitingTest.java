package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.flagged;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long records wait and are remembered, by whose clock. */
class WaitingTest {

    private static final int REPLAY = 0xa;
    private static final int OTHER_REPLAY = 0xb;
    private static final int TRACE = 0x7;

    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldCloseAnEventOnlyWhenTheReplaySideHasPassedIt() {
        // 10:00:03 an event, then an hour without a word from the replay side, which is busy: it is in the middle of a
        // queue.
        pipeline.event(named(error(1, 3), REPLAY));
        for (int minute = 0; minute < 60; minute++) {
            pipeline.segment(segment(OTHER_REPLAY, minute, 0, 5)).passes(Duration.ofSeconds(50));
        }
        assertThat(pipeline.unlinked()).isEmpty();

        // The replay side reaches 10:15:04, by the word of enough segments.
        for (int number = 60; number < 60 + WatermarkEstimator.MAX_OUTLIERS; number++) {
            pipeline.segment(segment(OTHER_REPLAY, number, 0, 15 * 60 + 4));
        }
        pipeline.passes(Duration.ofSeconds(3));
        assertThat(pipeline.unlinked()).isEmpty();
        pipeline.segment(segment(OTHER_REPLAY, 99, 0, 15 * 60 + 4)).passes(Duration.ofSeconds(3));

        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.REPLAY_NOT_SEEN);
    }

    @Test
    void shouldCloseAnEventWhenTheReplaySideIsIdle() {
        pipeline.event(flagged(error(1, 3, TRACE)))
                .passes(Duration.ofMinutes(16))
                .passes(Duration.ofMinutes(2));

        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.TRACE_NOT_SEEN);
    }

    @Test
    void shouldLetLateRecordsWaitAsLongAsOthers() {
        // Nothing came for hours, so the replay side counts as being at 13:59. Then both sides of ten o'clock come
        // after all.
        pipeline.passes(Duration.ofSeconds(1)).passes(Duration.ofHours(4));
        pipeline.event(flagged(error(1, 3, TRACE))).passes(Duration.ofMinutes(5));
        pipeline.segment(segment(REPLAY, 0, 0, 9, TRACE)).passes(Duration.ofMinutes(5));
        pipeline.event(named(error(2, 4), REPLAY));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY, 2, REPLAY));
        assertThat(pipeline.unlinked()).isEmpty();
    }

    @Test
    void shouldStillLinkAnEventWhoseReplayTurnsUpAfterTheWait() {
        pipeline.event(named(error(1, 3), REPLAY))
                .passes(Duration.ofMinutes(18))
                .passes(Duration.ofMinutes(1));
        assertThat(pipeline.unlinked()).hasSize(1);

        pipeline.segment(segment(REPLAY, 0, 0, 20 * 60));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.emittedLinks().get(0).getVersion()).isPositive();
    }

    @Test
    void shouldForgetEverythingInTheEnd() {
        pipeline.event(named(error(1, 3, TRACE), REPLAY))
                .event(flagged(error(2, 4, 0x8)))
                .segment(segment(REPLAY, 0, 0, 9, TRACE));
        assertThat(pipeline.rows()).isNotEmpty();

        for (int hour = 0; hour < 6; hour++) {
            pipeline.passes(Duration.ofHours(1));
        }

        assertThat(pipeline.rows()).isEmpty();
    }

    @Test
    void shouldNotLeaveTheBacklogForARecordOfAnotherTime() {
        // Read at eleven: the segments of ten o'clock, and among them one that a second producer stamps with now.
        pipeline.event(flagged(error(1, 3, TRACE)));
        for (int second = 4; second < 40; second++) {
            pipeline.segment(segment(OTHER_REPLAY, second, 0, second));
        }
        pipeline.segment(segment(OTHER_REPLAY, 40, 0, 3_600)).passes(Duration.ofSeconds(45));
        assertThat(pipeline.unlinked()).isEmpty();

        pipeline.segment(segment(REPLAY, 0, 0, 41, TRACE));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
    }

    @Test
    void shouldReachTheEndOfAStreamThatEnds() {
        pipeline.event(named(error(1, 3), REPLAY));
        for (int second = 4; second < 40; second++) {
            pipeline.segment(segment(OTHER_REPLAY, second, 0, second));
        }

        pipeline.passes(Duration.ofMinutes(14)).passes(Duration.ofMinutes(1));
        assertThat(pipeline.unlinked()).isEmpty();
        pipeline.passes(Duration.ofMinutes(2));

        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.REPLAY_NOT_SEEN);
    }

    @Test
    void shouldNotBeMovedByAForgedClock() {
        ReplaySegment forged = segment(OTHER_REPLAY, 0, 0, 5);
        forged.setReceivedMs(at(0) + Duration.ofDays(70 * 365).toMillis());

        pipeline.event(named(error(1, 3), REPLAY));
        pipeline.raw(
                "ingest-replay-events",
                PlainAvro.<ReplaySegment>serde(ReplaySegment.getClassSchema())
                        .serializer()
                        .serialize("", forged),
                at(5));
        pipeline.passes(Duration.ofSeconds(45));

        assertThat(pipeline.unlinked()).isEmpty();
        pipeline.segment(segment(REPLAY, 0, 0, 50));
        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
    }
}
