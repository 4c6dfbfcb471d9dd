package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinGaugesTest {

    private static final int REPLAY = 7;
    private static final int TRACE = 5;

    /** Of the clock that the gauges read, after the events. */
    private static final double DAYS = Duration.ofDays(3).toSeconds();

    private Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldReportHowManyWaitInWhichStepAndForHowLong() {
        pipeline.event(named(error(1, 3), REPLAY)).event(error(2, 3, TRACE)).passes(Duration.ofSeconds(1));

        assertThat(pipeline.gauge("replay.linker.waiting", "confirm")).isEqualTo(1);
        assertThat(pipeline.gauge("replay.linker.waiting", "resolve")).isEqualTo(1);
        assertThat(pipeline.gauge("replay.linker.waiting.oldest.age", "confirm"))
                .isBetween(DAYS - 10, DAYS + 10);

        pipeline.segment(segment(REPLAY, 0, 0, 9)).passes(Duration.ofSeconds(1));

        assertThat(pipeline.gauge("replay.linker.waiting", "confirm")).isZero();
        assertThat(pipeline.gauge("replay.linker.waiting.oldest.age", "confirm"))
                .isZero();
        assertThat(pipeline.gauge("replay.linker.waiting", "resolve")).isEqualTo(1);
    }

    @Test
    void shouldReportWhatTheRowsTake() {
        pipeline.event(named(error(1, 3), REPLAY)).passes(Duration.ofSeconds(1));
        double one = pipeline.gauge("replay.linker.state", "confirm");

        pipeline.event(named(error(2, 3), REPLAY)).passes(Duration.ofSeconds(1));

        assertThat(one).isBetween(150.0, 1_000.0);
        assertThat(pipeline.gauge("replay.linker.state", "confirm")).isBetween(one + 100, 2 * one);
    }

    @Test
    void shouldCountNobodyAfterTheWait() {
        pipeline.event(named(error(1, 3), REPLAY))
                .event(error(2, 3, TRACE))
                .passes(Duration.ofSeconds(40))
                .passes(Duration.ofHours(1));

        assertThat(pipeline.gauge("replay.linker.waiting", "confirm")).isZero();
        assertThat(pipeline.gauge("replay.linker.waiting", "resolve")).isZero();
        assertThat(pipeline.count("replay.linker.expiry.rows", "step", "confirm"))
                .isPositive();
        assertThat(pipeline.count("replay.linker.state.relieved.rows", "step", "confirm"))
                .isZero();
    }

    @Test
    void shouldReportTheWatermarkOnceItIsKnown() {
        pipeline.event(named(error(1, 3), REPLAY)).passes(Duration.ofSeconds(1));

        assertThat(pipeline.gauge("replay.linker.watermark", "confirm")).isNaN();

        pipeline.passes(Duration.ofMinutes(10)).passes(Duration.ofSeconds(10));

        double clock = pipeline.gauge("replay.linker.watermark", "confirm");
        assertThat(clock).isGreaterThan(at(0) / 1000.0).isLessThan(at(0) / 1000.0 + DAYS);
    }

    @Test
    void shouldReportTheTimeOfTheLastRecordOfATopic() {
        pipeline.event(error(1, 3), at(4));

        assertThat(pipeline.readUntil("events")).isEqualTo(at(4) / 1000.0);
    }

    @Test
    void shouldCountTimestampsThatCannotBe() {
        pipeline.event(error(1, 3), at(0) + Duration.ofDays(400).toMillis());

        assertThat(pipeline.count("replay.linker.clock.suspect", "topic", "events", "kind", "future"))
                .isEqualTo(1);
    }
}
