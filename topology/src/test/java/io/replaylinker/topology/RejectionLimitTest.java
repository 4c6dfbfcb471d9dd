package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RejectionLimitTest {

    private final RejectionLimit limit = new RejectionLimit(0.25);

    @Test
    void shouldStopWhenMoreThanTheShareIsRejected() {
        records(750, false);
        records(250, true);

        assertThatThrownBy(() -> limit.record("events", true))
                .isInstanceOf(TooManyRejectionsException.class)
                .hasMessageContaining("251 of the last 1000 records of topic events");
    }

    @Test
    void shouldNotStopAtABurstAmongFewRecords() {
        assertThatCode(() -> records(RejectionLimit.RECORDS - 1, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldForgetOldRejections() {
        records(750, false);
        records(250, true);
        records(1000, false);

        assertThatCode(() -> records(250, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldNeverStopWhenAllMayBeRejected() {
        RejectionLimit never = new RejectionLimit(1);

        assertThatCode(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        never.record("events", true);
                    }
                })
                .doesNotThrowAnyException();
    }

    private void records(int count, boolean rejected) {
        for (int i = 0; i < count; i++) {
            limit.record("events", rejected);
        }
    }
}
