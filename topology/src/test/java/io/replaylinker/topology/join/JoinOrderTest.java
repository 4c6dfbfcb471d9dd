package io.replaylinker.topology.join;

import static io.replaylinker.schemas.UnlinkedReason.ARCHIVED;
import static io.replaylinker.schemas.UnlinkedReason.REPLAY_NOT_SEEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The same records in any order, and any of them twice, give the links and the reasons that a full look at all of them gives. A failure prints the seed of its
 * history; {@code -Dseed=N} runs that one alone, {@code -Dhistories=N} more or fewer.
 */
class JoinOrderTest {

    private static final int HISTORIES = Integer.getInteger("histories", 5_000);
    private static final int ORDERS = 6;

    @Test
    void shouldGiveWhatAFullLookGivesInAnyOrder() {
        Long only = Long.getLong("seed");
        long first = only != null ? only : System.nanoTime();
        Set<UnlinkedReason> met = EnumSet.noneOf(UnlinkedReason.class);
        for (long seed = first; seed < first + (only != null ? 1 : HISTORIES); seed++) {
            met.addAll(check(seed));
        }
        if (only == null) {
            assertThat(met).as("reasons met at all").containsAll(EnumSet.range(REPLAY_NOT_SEEN, ARCHIVED));
        }
    }

    private static Collection<UnlinkedReason> check(long seed) {
        Random random = new Random(seed);
        List<Object> history = Histories.history(random);
        Oracle oracle = new Oracle(history);
        for (int order = 0; order < ORDERS; order++) {
            List<Object> shuffled = new ArrayList<>(history);
            for (int repeated = random.nextInt(4); repeated > 0; repeated--) {
                shuffled.add(history.get(random.nextInt(history.size())));
            }
            Collections.shuffle(shuffled, random);

            HeapJoin inAnyOrder = run(shuffled, random);

            assertThat(inAnyOrder.links()).as("links, seed %d", seed).isEqualTo(oracle.links());
            assertThat(inAnyOrder.unlinked()).as("reasons, seed %d", seed).isEqualTo(oracle.unlinked());
        }
        return oracle.unlinked().values();
    }

    private static HeapJoin run(List<Object> history, Random random) {
        HeapJoin join = new HeapJoin(JoinSettings.defaults());
        for (Object record : history) {
            if (record instanceof BackendEvent event) {
                join.event(event);
            } else {
                join.segment((ReplaySegment) record);
            }
            for (int passed = random.nextInt(3); passed > 0; passed--) {
                join.pass();
            }
        }
        join.close();
        return join;
    }
}
