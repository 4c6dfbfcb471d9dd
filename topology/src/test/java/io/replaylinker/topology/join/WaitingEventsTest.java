package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingEventsTest {

    private static final long WAIT_MS = 900_000;

    private final WaitingEvents waiting = new WaitingEvents();

    @Test
    void shouldCountWhoWaitsAndSinceWhen() {
        waiting.changed(false, true, WAIT_MS + 10_000);
        waiting.changed(false, true, WAIT_MS);
        waiting.changed(false, true, WAIT_MS + 1);

        assertThat(waiting.at(Long.MIN_VALUE)).isEqualTo(new Waiting(3, WAIT_MS));
    }

    @Test
    void shouldForgetEventsThatWereLinkedAndCountThemAgainWhenRetracted() {
        waiting.changed(false, true, WAIT_MS);
        waiting.changed(true, false, WAIT_MS);
        assertThat(waiting.at(Long.MIN_VALUE)).isEqualTo(Waiting.NOBODY);

        waiting.changed(false, true, WAIT_MS);
        assertThat(waiting.at(Long.MIN_VALUE).events()).isOne();
        waiting.changed(true, true, WAIT_MS);
        waiting.changed(false, false, WAIT_MS);
        assertThat(waiting.at(Long.MIN_VALUE).events()).isOne();
    }

    @Test
    void shouldForgetWhoseWaitIsOver() {
        waiting.changed(false, true, WAIT_MS);
        waiting.changed(false, true, 2 * WAIT_MS);

        assertThat(waiting.at(WAIT_MS + 60_000)).isEqualTo(new Waiting(1, 2 * WAIT_MS));
        // Emitted late: it is not counted down twice.
        waiting.changed(true, false, WAIT_MS);
        assertThat(waiting.at(WAIT_MS + 60_000).events()).isOne();
        assertThat(waiting.at(Long.MAX_VALUE)).isEqualTo(Waiting.NOBODY);
    }
}
