package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestPaceTest {

    private long nowNanos;
    private final RequestPace pace = new RequestPace(Duration.ofSeconds(1), () -> nowNanos);

    @Test
    void shouldNotSlowDownAServerThatIsWell() {
        assertThat(pace.turn()).isZero();
        assertThat(pace.turn()).isZero();
    }

    @Test
    void shouldGiveOneTurnASecondWhileTheServerIsSick() {
        pace.failed();

        assertThat(pace.turn()).isEqualTo(Duration.ofSeconds(1));
        nowNanos += Duration.ofSeconds(1).toNanos();
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
