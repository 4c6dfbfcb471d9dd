package io.replaylinker.benchmarks.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.Shape;
import io.replaylinker.benchmarks.workload.SourceTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialPlanTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldReachTheOtherProcessAsItIs() throws IOException {
        TrialPlan plan = new TrialPlan(
                "trial",
                Subject.JOIN,
                new SourceTopics(Format.JSON, Shape.EVEN, 30, false),
                100,
                10,
                "localhost:1",
                2,
                3,
                Guarantee.AT_LEAST_ONCE,
                Duration.ofMinutes(15),
                Duration.ofMinutes(90),
                Duration.ofSeconds(1),
                Map.of("threads", "4"),
                folder);
        Path file = folder.resolve("plan.properties");

        plan.write(file);

        assertThat(TrialPlan.read(file)).isEqualTo(plan);
    }
}
