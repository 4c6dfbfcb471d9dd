package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayClockTest {

    private final ReplayClock clock = new ReplayClock(
            0, new ReplaySideSettings(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(1)), List.of());

    @Test
    void shouldBeAsFarAsTheSlowestPartition() {
        clock.advance(tick("replays-0", Samples.at(100)));
        clock.advance(tick("replays-1", Samples.at(20)));

        assertThat(clock.timeMs(30_000)).isEqualTo(Samples.at(20));
    }

    @Test
    void shouldNeverGoBack() {
        clock.advance(tick("replays-0", Samples.at(100)));
        clock.advance(tick("replays-0", Samples.at(50)));

        assertThat(clock.timeMs(30_000)).isEqualTo(Samples.at(100));
    }

    @Test
    void shouldStandStillUntilEveryPartitionHadTimeToTell() {
        clock.advance(tick("replays-0", Samples.at(100)));

        assertThat(clock.timeMs(29_999)).isEqualTo(ReplayClock.BEGINNING);
    }

    @Test
    void shouldStandStillForAPartitionThatDoesNotKnowYetHowFarItIs() {
        clock.advance(tick("replays-0", Samples.at(100)));
        clock.advance(tick("replays-1", AgreedTime.UNKNOWN));

        assertThat(clock.timeMs(30_000)).isEqualTo(AgreedTime.UNKNOWN);
    }

    @Test
    void shouldStandStillWhileNoPartitionTells() {
        assertThat(clock.timeMs(60_000)).isEqualTo(ReplayClock.BEGINNING);
    }

    @Test
    void shouldForgetAPartitionThatTellsNoMore() {
        clock.advance(tick("of-a-topic-that-is-gone-0", Samples.at(20), 0));
        clock.advance(tick("replays-0", Samples.at(100), Duration.ofMinutes(14).toMillis()));
        assertThat(clock.timeMs(30_000)).isEqualTo(Samples.at(20));

        clock.advance(tick("replays-0", Samples.at(100), Duration.ofMinutes(16).toMillis()));

        assertThat(clock.timeMs(30_000)).isEqualTo(Samples.at(100));
    }

    @Test
    void shouldWaitForAStepHoweverLongItSaysNothing() {
        ReplayClock behind = new ReplayClock(
                0,
                new ReplaySideSettings(Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofSeconds(1)),
                List.of("resolve:0"));

        behind.advance(tick("replays-0", Samples.at(100), Duration.ofHours(2).toMillis()));

        assertThat(behind.timeMs(Long.MAX_VALUE)).isEqualTo(AgreedTime.UNKNOWN);
    }

    private static JoinInput.Tick tick(String source, long timeMs) {
        return tick(source, timeMs, 0);
    }

    private static JoinInput.Tick tick(String source, long timeMs, long emittedAtMs) {
        return new JoinInput.Tick(source, timeMs, emittedAtMs);
    }
}
