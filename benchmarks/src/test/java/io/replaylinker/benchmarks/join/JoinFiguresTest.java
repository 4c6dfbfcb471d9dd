package io.replaylinker.benchmarks.join;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.benchmarks.workload.Format;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class JoinFiguresTest {

    private final JoinResults results = new JoinResults();

    @Test
    void shouldGiveProcessorTimeARecordOfProgramAndBroker() {
        results.add(trial("join"), measured(1_000_000, 30_000, 10_000));

        assertThat(printed())
                .contains("| json-join-at-least-once | 100,000 | 0 | 10.0 | 30.0 | 10.0 | 30.00 | 10.00 |")
                .contains("FIGURE join.json_join_at_least_once.processor = 30.00 us/record")
                .contains("FIGURE join.json_join_at_least_once.broker = 10.00 us/record");
    }

    /** A record of the join takes 40 us and one of the shuffle 10, so the join does a quarter for the same time. */
    @Test
    void shouldCompareProcessorTimeWithTheShuffleOfTheSameRound() {
        results.add(trial("shuffle"), measured(1_000_000, 8_000, 2_000));
        results.add(trial("join"), measured(1_000_000, 30_000, 10_000));

        assertThat(printed())
                .contains("FIGURE join.json_join_at_least_once.to_shuffle = 100.00 %")
                .contains("FIGURE join.json_join_at_least_once.to_shuffle_in_processor_time = 25.00 %");
    }

    private static Trial trial(String name) {
        return Trial.all(Format.JSON, 30).stream()
                .filter(trial -> trial.name().equals(name) && trial.guarantee() == Guarantee.AT_LEAST_ONCE)
                .findFirst()
                .orElseThrow();
    }

    private static Measurements measured(long records, long cpuMs, long brokerCpuMs) {
        Measurements measured = new Measurements();
        measured.put(Measurements.RECORDS, records);
        measured.put(Measurements.WALL_MS, 10_000);
        measured.put(Measurements.CPU_MS, cpuMs);
        measured.put(Measurements.BROKER_CPU_MS, brokerCpuMs);
        return measured;
    }

    private String printed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        results.print(new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8);
    }
}
