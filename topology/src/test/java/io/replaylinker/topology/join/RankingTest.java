package io.replaylinker.topology.join;

import static io.replaylinker.topology.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.Samples;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Lives and events in seconds after ten o'clock. */
class RankingTest {

    private static final long TOLERANCE_MS = 300_000;

    @Test
    void shouldChooseTheOnlyReplay() {
        assertThat(choose(30, replay(1, 0, 60))).isEqualTo(chosen(1, 0.9));
    }

    @Test
    void shouldChooseTheReplayThatHoldsTheEvent() {
        assertThat(choose(30, replay(1, 40, 60), replay(2, 0, 30))).isEqualTo(chosen(2, 0.6));
    }

    @Test
    void shouldChooseTheNearestWhenNoneHoldsTheEvent() {
        assertThat(choose(30, replay(1, 35, 60), replay(2, 31, 60))).isEqualTo(chosen(2, 0.6));
    }

    @Test
    void shouldChooseNoneOfTwoThatHoldTheEvent() {
        assertThat(choose(30, replay(1, 0, 60), replay(2, 20, 90))).isEqualTo(none(UnlinkedReason.AMBIGUOUS));
    }

    @Test
    void shouldChooseNoneOfTwoThatLieLessThanASecondApart() {
        assertThat(choose(30, replay(1, 35, 60), replay(2, 35.999, 60))).isEqualTo(none(UnlinkedReason.AMBIGUOUS));
        assertThat(choose(30, replay(1, 35, 60), replay(2, 36, 60))).isEqualTo(chosen(1, 0.6));
    }

    @Test
    void shouldNotCountAReplayBeyondTheTolerance() {
        assertThat(choose(30, replay(1, 331, 400), replay(2, 40, 50))).isEqualTo(chosen(2, 0.9));
        assertThat(choose(30, replay(1, 331, 400))).isEqualTo(none(UnlinkedReason.OUTSIDE_REPLAY));
        assertThat(choose(30, replay(1, 330, 400))).isEqualTo(chosen(1, 0.9));
    }

    @Test
    void shouldSayThatTheTraceIsNotSeen() {
        assertThat(choose(30)).isEqualTo(none(UnlinkedReason.TRACE_NOT_SEEN));
    }

    private static Ranking.Choice choose(double event, Ranking.Candidate... replays) {
        return Ranking.choose(at(event), List.of(replays), TOLERANCE_MS);
    }

    private static Ranking.Candidate replay(int number, double started, double lastSeen) {
        return new Ranking.Candidate(id(number), at(started), at(lastSeen));
    }

    private static Ranking.Choice chosen(int number, double confidence) {
        return new Ranking.Choice.Chosen(id(number), confidence);
    }

    private static Ranking.Choice none(UnlinkedReason reason) {
        return new Ranking.Choice.None(reason);
    }

    private static Id id(int number) {
        return Objects.requireNonNull(Ids.parse(Samples.id(number)));
    }
}
