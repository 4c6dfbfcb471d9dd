package io.replaylinker.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MeasuredPartsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MeasuredParts parts = new MeasuredParts(meters);

    @Test
    void shouldTellOfAWorkerThatIsWell() {
        gauge("replay_linker_join_state", 1, "state", "running");
        gauge("replay_linker_join_state", 0, "state", "error");
        gauge("replay_linker_sink_state", 1, "sink", "links", "state", "running");
        gauge("replay.linker.waiting", 2, "step", "resolve");
        gauge("replay.linker.waiting", 1, "step", "confirm");
        gauge("replay.linker.waiting.oldest.age", 75, "step", "resolve");
        gauge("replay.linker.waiting.oldest.age", 754, "step", "confirm");

        assertThat(parts.get())
                .containsExactly(
                        new PagePart("join", PagePart.State.GOOD, "running, 3 events wait, the oldest for 12 min"),
                        new PagePart("sink links", PagePart.State.GOOD, "running"));
    }

    @Test
    void shouldTellWhatMayPass() {
        gauge("replay_linker_join_state", 1, "state", "rebalancing");
        gauge("replay_linker_join_restoring", 5000);
        gauge("replay_linker_sink_state", 1, "sink", "lives", "state", "retrying");
        gauge("replay_linker_sink_retrying", 42, "sink", "lives");
        gauge("replay_linker_sink_retrying", 7, "sink", "links");
        gauge("replay_linker_sink_circuit_open", 1, "sink", "lives");

        assertThat(parts.get())
                .containsExactly(
                        new PagePart(
                                "join", PagePart.State.WARN, "rebalancing, 5000 records to restore, no event waits"),
                        new PagePart(
                                "sink lives",
                                PagePart.State.WARN,
                                "retrying for 42 s, in a long pause because the server has too much to do"));
    }

    @Test
    void shouldTellWhatHasEnded() {
        gauge("replay_linker_join_state", 1, "state", "error");
        gauge("replay_linker_sink_state", 1, "sink", "links", "state", "failed");

        assertThat(parts.get()).extracting(PagePart::state).containsOnly(PagePart.State.BAD);
    }

    @Test
    void shouldTellOfNoJoinWhereThereIsNone() {
        gauge("replay_linker_sink_state", 1, "sink", "links", "state", "starting");

        assertThat(parts.get()).containsExactly(new PagePart("sink links", PagePart.State.WARN, "starting"));
    }

    private void gauge(String name, double value, String... tags) {
        Gauge.builder(name, () -> value).tags(tags).register(meters);
    }
}
