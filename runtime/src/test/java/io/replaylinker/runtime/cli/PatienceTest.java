package io.replaylinker.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void shouldWaitForAsLongAsThereIsProgress() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();

        new Patience(Duration.ofMillis(120), () -> false)
                .await("the join", () -> looks.incrementAndGet() > 8, looks::get);

        assertThat(looks).hasValue(9);
    }

    @Test
    void shouldGiveUpWhenNothingMoves() {
        Patience patience = new Patience(Duration.ofMillis(10), () -> false);

        assertThatThrownBy(() -> patience.await("the join", () -> false, () -> 7))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("the join made no progress");
    }

    @Test
    void shouldStopWhenTheUserAsks() {
        Patience patience = new Patience(Duration.ofMinutes(1), () -> true);

        assertThatThrownBy(() -> patience.await("the join", () -> false, () -> 7))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("stopped before the end");
    }
}
