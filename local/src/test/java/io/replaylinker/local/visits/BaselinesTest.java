package io.replaylinker.local.visits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselinesTest {

    private static final Traffic TRAFFIC = new Traffic(
            List.of(),
            List.of(),
            List.of(
                    new Traffic.PlainEvent("own", 100, "never-sent", "t1"),
                    new Traffic.PlainEvent("early", 100, null, "t2"),
                    new Traffic.PlainEvent("late", 190, null, "t2"),
                    new Traffic.PlainEvent("alone", 100, null, "t3")),
            List.of(new Traffic.PlainReplay("r1", "t2", 110), new Traffic.PlainReplay("r2", "t2", 200)),
            Map.of());

    @Test
    void shouldTrustTheIdOnTheEventOnly() {
        assertThat(Baselines.sdkIdAlone(TRAFFIC)).isEqualTo(Map.of("own", "never-sent"));
    }

    @Test
    void shouldTakeTheNearestReplayOfTheTrace() {
        assertThat(Baselines.anyTraceMatch(TRAFFIC)).isEqualTo(Map.of("early", "r1", "late", "r2"));
    }
}
