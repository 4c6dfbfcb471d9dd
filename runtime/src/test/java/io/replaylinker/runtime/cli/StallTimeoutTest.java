package io.replaylinker.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StallTimeoutTest {

    @Test
    void shouldWaitForAsLongAsThereIsProgress() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();

        new StallTimeout(Duration.ofMillis(120), () -> false)
                .await("the join", () -> looks.incrementAndGet() > 8, looks::get);

        assertThat(looks).hasValue(9);
    }

    @Test
    void shouldGiveUpWhenNothingMoves() {
        StallTimeout stallTimeout = new StallTimeout(Duration.ofMillis(10), () -> false);

        assertThatThrownBy(() -> stallTimeout.await("the join", () -> false, () -> 7))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("the join made no progress");
    }

    @Test
    void shouldStopWhenTheUserAsks() {
        StallTimeout stallTimeout = new StallTimeout(Duration.ofMinutes(1), () -> true);

        assertThatThrownBy(() -> stallTimeout.await("the join", () -> false, () -> 7))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("stopped before the end");
    }
}
