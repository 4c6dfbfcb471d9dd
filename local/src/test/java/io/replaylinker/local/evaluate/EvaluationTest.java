package io.replaylinker.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.local.visits.Mixes;
import io.replaylinker.local.visits.Score;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The thresholds of link quality, on all mixes of simulated visits. A longer run is the command {@code evaluate links}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluationTest {

    private static final List<Long> SEEDS = List.of(20261130L, 20261131L);
    private static final int VISITORS = 400;

    /** Of each SDK with each share of visits recorded, over all kinds of pages. */
    private static final double PRECISION = 0.995;

    private static final double RECALL = 0.98;

    /** A single mix has a few hundred provable links at 5 %, and one that goes astray weighs more. */
    private static final double PRECISION_OF_A_MIX = 0.99;

    /** Cached pages of SDK 10 at 5 % recorded are the hardest: see docs/link-quality.md. */
    private static final double RECALL_OF_A_MIX = 0.92;

    private Evaluation evaluation;

    @BeforeAll
    void evaluate() {
        evaluation = Evaluation.of(Mixes.all(VISITORS), SEEDS, line -> {});
    }

    @Test
    void shouldReachTheThresholdsForEachSdkAndShareOfVisitsRecorded() {
        assertThat(evaluation.rows(Evaluation.POOL)).hasSize(4);
        hold(Evaluation.POOL, PRECISION, RECALL);
        hold(Evaluation.ALL, PRECISION, RECALL);
    }

    @Test
    void shouldReachTheThresholdsForEachKindOfPage() {
        assertThat(evaluation.rows(Evaluation.PAGE)).hasSize(4);
        hold(Evaluation.PAGE, PRECISION, RECALL);
    }

    @Test
    void shouldStayCloseToTheThresholdsInEachMix() {
        assertThat(evaluation.rows(Evaluation.MIX)).hasSize(16);
        hold(Evaluation.MIX, PRECISION_OF_A_MIX, RECALL_OF_A_MIX);
    }

    @Test
    void shouldFindMoreThanTheSdksIdAndErrLessThanAnyMatchingTrace() {
        Evaluation.Row all = evaluation.rows(Evaluation.ALL).get(0);

        assertThat(all.ours().recall()).isGreaterThan(all.sdkId().recall() + 0.2);
        assertThat(all.ours().precision()).isGreaterThan(all.anyTrace().precision() + 0.2);
        assertThat(all.sdkId().events()).isEqualTo(all.ours().events());
        assertThat(all.anyTrace().provable()).isEqualTo(all.ours().provable());
    }

    @Test
    void shouldAddTheMixesUp() {
        assertThat(sum(Evaluation.MIX)).isEqualTo(sum(Evaluation.ALL));
        assertThat(sum(Evaluation.POOL)).isEqualTo(sum(Evaluation.ALL));
        assertThat(sum(Evaluation.PAGE)).isEqualTo(sum(Evaluation.ALL));
    }

    private int sum(String group) {
        return evaluation.rows(group).stream()
                .mapToInt(row -> row.ours().events())
                .sum();
    }

    private void hold(String group, double precision, double recall) {
        SoftAssertions all = new SoftAssertions();
        for (Evaluation.Row row : evaluation.rows(group)) {
            Score.Line line = row.ours();
            all.assertThat(line.precision())
                    .as("precision of %s, seeds %s", line, SEEDS)
                    .isGreaterThanOrEqualTo(precision);
            all.assertThat(line.recall())
                    .as("recall of %s, seeds %s", line, SEEDS)
                    .isGreaterThanOrEqualTo(recall);
        }
        all.assertAll();
    }
}
