package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * At-least-once processing with crashes at random points, after which rows, outputs and positions do not fit together, tells what a
 * full look at the history says.
 */
class JoinCrashTest {

    private static final int CRASHES_AN_EPOCH = 3;
    private static final List<Duration> ROUNDS =
            List.of(Duration.ofMinutes(30), Duration.ofMinutes(150), Duration.ofHours(5));

    /** The seed is fixed until the topology's own property has passed on as many histories as this one; no seed is known to fail. */
    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, seed = "20261130")
    @AddLifecycleHook(LongRun.class)
    void shouldTellWhatAFullLookTellsThroughCrashes(
            @ForAll Story story, @ForAll @Size(max = 60) List<@IntRange(max = 500) Integer> whims) {
        CrashingJoin join = new CrashingJoin(Story.SETTINGS, new Whims(whims));

        for (int epoch = 0; epoch < Story.EPOCHS; epoch++) {
            story.taken(epoch).forEach(step -> join.add(step.arrival()));
            join.runThrough(CRASHES_AN_EPOCH);
            if (!story.isReplaySideHeld(epoch)) {
                pass(epoch, join);
            }
        }

        Oracle oracle = new Oracle(story.history(), Oracle.Trouble.CONFIRM_LAGS);
        assertThat(oracle.differences(join.links(), join.reasons())).isEmpty();
    }

    /** In steps, since in one leap the memory of an event would begin where it should end. */
    private static void pass(int epoch, CrashingJoin join) {
        long nextMs = Story.startMs(epoch + 1);
        for (Duration round : ROUNDS) {
            if (Story.startMs(epoch) + round.toMillis() < nextMs) {
                join.replaySideReaches(Story.startMs(epoch) + round.toMillis());
            }
        }
        join.replaySideReaches(nextMs);
    }
}
