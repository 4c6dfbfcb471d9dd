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

/** Visits and events in seconds after ten o'clock. */
class RankingTest {

    @Test
    void shouldChooseTheReplayThatHoldsTheEvent() {
        assertThat(choose(30, visit(1, 40, 60), visit(2, 0, 30))).isEqualTo(chosen(2));
    }

    @Test
    void shouldChooseTheNearestWhenNoneHoldsTheEvent() {
        assertThat(choose(30, visit(1, 35, 60), visit(2, 31, 60))).isEqualTo(chosen(2));
    }

    @Test
    void shouldChooseNoneOfTwoThatHoldTheEvent() {
        assertThat(choose(30, visit(1, 0, 60), visit(2, 20, 90))).isEqualTo(none(UnlinkedReason.SHARED_TRACE));
    }

    @Test
    void shouldChooseNoneOfTwoThatLieLessThanASecondApart() {
        assertThat(choose(30, visit(1, 35, 60), visit(2, 35.999, 60))).isEqualTo(none(UnlinkedReason.SHARED_TRACE));
        assertThat(choose(30, visit(1, 35, 60), visit(2, 36, 60))).isEqualTo(chosen(1));
    }

    @Test
    void shouldNotCountAReplayBeyondTheTolerance() {
        assertThat(choose(30, visit(1, 91, 400), visit(2, 40, 50))).isEqualTo(chosen(2));
        assertThat(choose(30, visit(1, 91, 400))).isEqualTo(none(UnlinkedReason.OUTSIDE_REPLAY));
        assertThat(choose(30, visit(1, 90, 400))).isEqualTo(chosen(1));
    }

    private static Decision choose(double event, Visit... visits) {
        return Ranking.choose(at(event), List.of(visits), JoinSettings.defaults());
    }

    private static Visit visit(int number, double started, double lastSeen) {
        return new Visit(
                -1,
                id(number),
                0,
                false,
                false,
                Visit.set(null),
                Long.MAX_VALUE,
                Visit.set(null),
                Visit.set(null),
                at(started),
                at(lastSeen),
                at(lastSeen));
    }

    private static Decision chosen(int number) {
        return Decision.byTrace(id(number), 0.6);
    }

    private static Decision none(UnlinkedReason reason) {
        return Decision.none(reason);
    }

    private static Id id(int number) {
        return Objects.requireNonNull(Ids.parse(Samples.id(number)));
    }
}
