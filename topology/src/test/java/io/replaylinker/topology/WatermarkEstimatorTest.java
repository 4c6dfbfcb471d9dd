package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatermarkEstimatorTest {

    private static final long TEN = Samples.TEN;
    private static final int HISTORIES = 2_000;

    private final WatermarkEstimator time = new WatermarkEstimator();

    @Test
    void shouldBeUnknownUntilEnoughRecordsAgree() {
        for (int i = 0; i < WatermarkEstimator.MAX_OUTLIERS; i++) {
            time.add(TEN + i);
        }
        assertThat(time.watermarkMs()).isEqualTo(WatermarkEstimator.UNKNOWN);

        time.add(TEN + WatermarkEstimator.MAX_OUTLIERS);

        assertThat(time.watermarkMs()).isEqualTo(TEN);
    }

    @Test
    void shouldNotBeMovedByOneRecordFromTheFuture() {
        for (int second = 0; second < 60; second++) {
            time.add(TEN + second * 1_000L);
        }
        long before = time.watermarkMs();

        time.add(TEN + 3_600_000);

        assertThat(time.watermarkMs()).isBetween(before, TEN + 60_000);
    }

    @Test
    void shouldFollowAStreamThatReallyMovedOn() {
        for (int second = 0; second < 60; second++) {
            time.add(TEN + second * 1_000L);
        }

        for (int second = 0; second < WatermarkEstimator.QUORUM; second++) {
            time.add(TEN + 3_600_000 + second * 1_000L);
        }

        assertThat(time.watermarkMs()).isEqualTo(TEN + 3_600_000);
    }

    @Test
    void shouldNotBeHeldBackByRecordsFromThePast() {
        for (int second = 0; second < 60; second++) {
            time.add(TEN + second * 1_000L);
            time.add(0);
            time.add(TEN + second * 1_000L + 500);
        }

        assertThat(time.watermarkMs()).isGreaterThan(TEN + 45_000);
    }

    /** Whatever lies, and in whatever order: as long as it is not the majority of a window. */
    @Test
    void shouldNeverBeAheadOfTheHonestRecordsAndNeverGoBack() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("WatermarkEstimator with -Dseed=%d%n", seed);
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(seed + history);
            WatermarkEstimator estimator = new WatermarkEstimator();
            boolean[] forged = new boolean[200];
            long honestMs = TEN;
            long honestMaxMs = WatermarkEstimator.UNKNOWN;
            long lastMs = WatermarkEstimator.UNKNOWN;
            for (int i = 0; i < forged.length; i++) {
                honestMs += random.nextInt(5_000);
                forged[i] = random.nextBoolean() && count(forged, i) < WatermarkEstimator.MAX_OUTLIERS;
                long receivedMs = honestMs - random.nextInt(10_000);
                if (forged[i]) {
                    receivedMs = random.nextInt(8) == 0 ? Long.MAX_VALUE : honestMs + random.nextInt(100_000_000);
                } else {
                    honestMaxMs = Math.max(honestMaxMs, receivedMs);
                }

                estimator.add(receivedMs);

                assertThat(estimator.watermarkMs())
                        .as("history %d, record %d", history, i)
                        .isBetween(lastMs, honestMaxMs);
                lastMs = estimator.watermarkMs();
            }
        }
    }

    @Test
    void shouldLagBehindAStreamInOrderByLessThanItsWindow() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("WatermarkEstimator with -Dseed=%d%n", seed);
        Random random = new Random(seed);
        long[] receivedMs = new long[1_000];
        receivedMs[0] = TEN;
        for (int i = 1; i < receivedMs.length; i++) {
            receivedMs[i] = receivedMs[i - 1] + random.nextInt(60_000);
        }

        for (int i = 0; i < receivedMs.length; i++) {
            time.add(receivedMs[i]);
            if (i >= WatermarkEstimator.MAX_OUTLIERS) {
                assertThat(time.watermarkMs()).isEqualTo(receivedMs[i - WatermarkEstimator.MAX_OUTLIERS]);
            }
        }
    }

    /** Forged records among the window's other ones. */
    private static int count(boolean[] forged, int before) {
        int from = Math.max(0, before - WatermarkEstimator.RECORDS + 1);
        int count = 0;
        for (boolean each : Arrays.copyOfRange(forged, from, before)) {
            count += each ? 1 : 0;
        }
        return count;
    }
}
