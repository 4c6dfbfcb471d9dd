package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgreedTimeTest {

    private static final long TEN = Samples.TEN;
    private static final int HISTORIES = 2_000;

    private final AgreedTime time = new AgreedTime();

    @Test
    void shouldBeUnknownUntilEnoughRecordsAgree() {
        for (int i = 0; i < AgreedTime.OUTVOTED; i++) {
            time.add(TEN + i);
        }
        assertThat(time.timeMs()).isEqualTo(AgreedTime.UNKNOWN);

        time.add(TEN + AgreedTime.OUTVOTED);

        assertThat(time.timeMs()).isEqualTo(TEN);
    }

    @Test
    void shouldNotBeMovedByOneRecordFromTheFuture() {
        for (int second = 0; second < 60; second++) {
            time.add(TEN + second * 1_000L);
        }
        long before = time.timeMs();

        time.add(TEN + 3_600_000);

        assertThat(time.timeMs()).isBetween(before, TEN + 60_000);
    }

    @Test
    void shouldFollowAStreamThatReallyMovedOn() {
        for (int second = 0; second < 60; second++) {
            time.add(TEN + second * 1_000L);
        }

        for (int second = 0; second < AgreedTime.AGREEING; second++) {
            time.add(TEN + 3_600_000 + second * 1_000L);
        }

        assertThat(time.timeMs()).isEqualTo(TEN + 3_600_000);
    }

    @Test
    void shouldNotBeHeldBackByRecordsFromThePast() {
        for (int second = 0; second < 60; second++) {
            time.add(TEN + second * 1_000L);
            time.add(0);
            time.add(TEN + second * 1_000L + 500);
        }

        assertThat(time.timeMs()).isGreaterThan(TEN + 45_000);
    }

    /** Whatever lies, and in whatever order: as long as it is not the majority of a window. */
    @Test
    void shouldNeverBeAheadOfTheHonestRecordsAndNeverGoBack() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("AgreedTime with -Dseed=%d%n", seed);
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(seed + history);
            AgreedTime told = new AgreedTime();
            boolean[] forged = new boolean[200];
            long honestMs = TEN;
            long honestMaxMs = AgreedTime.UNKNOWN;
            long lastMs = AgreedTime.UNKNOWN;
            for (int i = 0; i < forged.length; i++) {
                honestMs += random.nextInt(5_000);
                forged[i] = random.nextBoolean() && count(forged, i) < AgreedTime.OUTVOTED;
                long receivedMs = honestMs - random.nextInt(10_000);
                if (forged[i]) {
                    receivedMs = random.nextInt(8) == 0 ? Long.MAX_VALUE : honestMs + random.nextInt(100_000_000);
                } else {
                    honestMaxMs = Math.max(honestMaxMs, receivedMs);
                }

                told.add(receivedMs);

                assertThat(told.timeMs())
                        .as("history %d, record %d", history, i)
                        .isBetween(lastMs, honestMaxMs);
                lastMs = told.timeMs();
            }
        }
    }

    @Test
    void shouldLagBehindAStreamInOrderByLessThanItsWindow() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("AgreedTime with -Dseed=%d%n", seed);
        Random random = new Random(seed);
        long[] receivedMs = new long[1_000];
        receivedMs[0] = TEN;
        for (int i = 1; i < receivedMs.length; i++) {
            receivedMs[i] = receivedMs[i - 1] + random.nextInt(60_000);
        }

        for (int i = 0; i < receivedMs.length; i++) {
            time.add(receivedMs[i]);
            if (i >= AgreedTime.OUTVOTED) {
                assertThat(time.timeMs()).isEqualTo(receivedMs[i - AgreedTime.OUTVOTED]);
            }
        }
    }

    /** Forged records among the window's other ones. */
    private static int count(boolean[] forged, int before) {
        int from = Math.max(0, before - AgreedTime.RECORDS + 1);
        int count = 0;
        for (boolean each : Arrays.copyOfRange(forged, from, before)) {
            count += each ? 1 : 0;
        }
        return count;
    }
}
