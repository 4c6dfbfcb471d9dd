package io.replaylinker.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MeterHistoryTest {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final MeterHistory.Series BY_SPAN = new MeterHistory.Series(MeterGroup.LINKS, "span");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SetClock clock = new SetClock(Instant.parse("2026-10-05T09:00:02Z"));
    private final MeterHistory history = new MeterHistory(meters, clock, EVERY);

    @Test
    void shouldReportTheRateOfTheLastFifteenSecondsAndTheTotal() {
        links("span", 100);
        history.sample();
        links("span", 3);
        pass(EVERY);
        assertThat(history.readings()).containsExactly(new MeterHistory.Reading(BY_SPAN, 103, 3 / 5.0));
        for (int i = 0; i < 3; i++) {
            pass(EVERY);
        }
        assertThat(history.readings()).containsExactly(new MeterHistory.Reading(BY_SPAN, 103, 0));
    }

    @Test
    void shouldCountFromNothingWhatAppearsLater() {
        history.sample();
        links("trace", 7);
        pass(EVERY);

        assertThat(history.readings())
                .containsExactly(
                        new MeterHistory.Reading(new MeterHistory.Series(MeterGroup.LINKS, "trace"), 7, 7 / 5.0));
        assertThat(sum(history.steps(Duration.ofMinutes(5)), "trace")).isEqualTo(7);
    }

    @Test
    void shouldFillStepsThatStayInTheirPlaces() {
        history.sample();
        links("span", 2);
        pass(EVERY);
        MeterHistory.Steps before = history.steps(Duration.ofMinutes(15));
        links("span", 4);
        pass(Duration.ofSeconds(15));
        MeterHistory.Steps after = history.steps(Duration.ofMinutes(15));

        assertThat(before.length()).isEqualTo(Duration.ofSeconds(15));
        assertThat(before.first()).isEqualTo(Instant.parse("2026-10-05T08:45:15Z"));
        assertThat(counts(before, "span")[MeterHistory.STEPS - 1]).isEqualTo(2);
        assertThat(after.first()).isEqualTo(before.first().plusSeconds(15));
        assertThat(counts(after, "span")).endsWith(0, 2, 4);
    }

    @Test
    void shouldForgetWhatIsOlderThanAnHourAndNotGrow() {
        history.sample();
        links("span", 9);
        pass(EVERY);
        assertThat(sum(history.steps(Duration.ofHours(1)), "span")).isEqualTo(9);
        for (int i = 0; i < 2_000; i++) {
            links("span", 1);
            pass(EVERY);
        }

        assertThat(sum(history.steps(Duration.ofHours(1)), "span")).isBetween(700L, 720L);
        assertThat(history.readings()).containsExactly(new MeterHistory.Reading(BY_SPAN, 2_009, 1 / 5.0));
    }

    @Test
    void shouldLeaveOutLabelsPastABound() {
        for (int i = 0; i < 1_000; i++) {
            links("of-an-attacker-" + i, 1);
        }
        history.sample();

        assertThat(history.readings()).hasSize(200);
    }

    @Test
    void shouldAddUpMetersThatDifferInOtherTagsAndPassOverTheRest() {
        meters.counter("replay_linker_sink_errors", "class", "retry", "sink", "links")
                .increment(2);
        meters.counter("replay_linker_sink_errors", "class", "retry", "sink", "states")
                .increment(3);
        meters.counter("jvm.something").increment();
        meters.gauge("replay.linker.links", 7);
        history.sample();

        assertThat(history.readings())
                .containsExactly(
                        new MeterHistory.Reading(new MeterHistory.Series(MeterGroup.SINK_ERRORS, "retry"), 5, 0));
    }

    private void links(String method, int more) {
        meters.counter("replay.linker.links", "method", method).increment(more);
    }

    private void pass(Duration time) {
        clock.now = clock.now.plus(time);
        history.sample();
    }

    private static long[] counts(MeterHistory.Steps steps, String method) {
        return steps.counts().getOrDefault(new MeterHistory.Series(MeterGroup.LINKS, method), new long[0]);
    }

    private static long sum(MeterHistory.Steps steps, String method) {
        return Arrays.stream(counts(steps, method)).sum();
    }

    private static final class SetClock extends Clock {

        private Instant now;

        SetClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
