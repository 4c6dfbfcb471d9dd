package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkTrackerTest {

    private final WatermarkTracker tracker = new WatermarkTracker(
            0, new WatermarkSettings(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(1)), List.of());

    @Test
    void shouldBeAsFarAsTheSlowestPartition() {
        tracker.advance(watermark("replays-0", Samples.at(100)));
        tracker.advance(watermark("replays-1", Samples.at(20)));

        assertThat(tracker.watermarkMs(30_000)).isEqualTo(Samples.at(20));
    }

    @Test
    void shouldNeverGoBack() {
        tracker.advance(watermark("replays-0", Samples.at(100)));
        tracker.advance(watermark("replays-0", Samples.at(50)));

        assertThat(tracker.watermarkMs(30_000)).isEqualTo(Samples.at(100));
    }

    @Test
    void shouldStandStillUntilEveryPartitionHadTimeToEmit() {
        tracker.advance(watermark("replays-0", Samples.at(100)));

        assertThat(tracker.watermarkMs(29_999)).isEqualTo(WatermarkTracker.BEGINNING);
    }

    @Test
    void shouldStandStillForAPartitionThatDoesNotKnowYetHowFarItIs() {
        tracker.advance(watermark("replays-0", Samples.at(100)));
        tracker.advance(watermark("replays-1", WatermarkEstimator.UNKNOWN));

        assertThat(tracker.watermarkMs(30_000)).isEqualTo(WatermarkEstimator.UNKNOWN);
    }

    @Test
    void shouldStandStillWhileNoPartitionEmits() {
        assertThat(tracker.watermarkMs(60_000)).isEqualTo(WatermarkTracker.BEGINNING);
    }

    @Test
    void shouldForgetAPartitionThatEmitsNoMore() {
        tracker.advance(watermark("of-a-topic-that-is-gone-0", Samples.at(20), 0));
        tracker.advance(
                watermark("replays-0", Samples.at(100), Duration.ofMinutes(14).toMillis()));
        assertThat(tracker.watermarkMs(30_000)).isEqualTo(Samples.at(20));

        tracker.advance(
                watermark("replays-0", Samples.at(100), Duration.ofMinutes(16).toMillis()));

        assertThat(tracker.watermarkMs(30_000)).isEqualTo(Samples.at(100));
    }

    @Test
    void shouldWaitForAStepHoweverLongItEmitsNothing() {
        WatermarkTracker behind = new WatermarkTracker(
                0,
                new WatermarkSettings(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(1)),
                List.of("resolve:0"));

        behind.advance(
                watermark("replays-0", Samples.at(100), Duration.ofHours(2).toMillis()));

        assertThat(behind.watermarkMs(Long.MAX_VALUE)).isEqualTo(WatermarkEstimator.UNKNOWN);
    }

    private static JoinInput.Watermark watermark(String source, long timeMs) {
        return watermark(source, timeMs, 0);
    }

    private static JoinInput.Watermark watermark(String source, long timeMs, long emittedAtMs) {
        return new JoinInput.Watermark(source, timeMs, emittedAtMs);
    }
}
