package io.replaylinker.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestPaceTest {

    private final VirtualTimetable time = new VirtualTimetable();
    private final RequestPace pace = new RequestPace(Duration.ofSeconds(1), time::nanoTime);

    @Test
    void shouldNotSlowDownAServerThatIsWell() {
        assertThat(pace.turn()).isZero();
        assertThat(pace.turn()).isZero();
    }

    @Test
    void shouldGiveOneTurnASecondWhileTheServerIsSick() {
        pace.failed();

        assertThat(pace.turn()).isEqualTo(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        assertThat(pace.turn()).isZero();
        // Another sink, at the same moment.
        assertThat(pace.turn()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldLetAllGoOnWhenAnAttemptGoesWell() {
        pace.failed();

        pace.succeeded();

        assertThat(pace.turn()).isZero();
        assertThat(pace.turn()).isZero();
    }
}
