package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.topology.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The same records in any order, and any of them twice, give the same links and the same reasons. A failure prints the seed of its
 * history; {@code -Dseed=N} runs that one alone.
 */
class JoinOrderTest {

    private static final int HISTORIES = 2_000;
    private static final int ORDERS = 6;

    @Test
    void shouldGiveTheSameLinksInAnyOrder() {
        Long only = Long.getLong("seed");
        long first = only != null ? only : System.nanoTime();
        for (long seed = first; seed < first + (only != null ? 1 : HISTORIES); seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        List<Object> history = history(random);
        HeapJoin inTimeOrder = run(history, random);
        for (int order = 0; order < ORDERS; order++) {
            List<Object> shuffled = new ArrayList<>(history);
            for (int repeated = random.nextInt(4); repeated > 0; repeated--) {
                shuffled.add(history.get(random.nextInt(history.size())));
            }
            Collections.shuffle(shuffled, random);

            HeapJoin inAnyOrder = run(shuffled, random);

            assertThat(inAnyOrder.links()).as("links, seed %d", seed).isEqualTo(inTimeOrder.links());
            assertThat(inAnyOrder.unlinked()).as("reasons, seed %d", seed).isEqualTo(inTimeOrder.unlinked());
        }
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

    /** Few replays, traces, projects and organizations, so that everything meets everything. */
    private static List<Object> history(Random random) {
        List<Object> history = new ArrayList<>();
        int replays = 1 + random.nextInt(4);
        boolean tenants = random.nextInt(3) == 0;
        for (int replay = 1; replay <= replays; replay++) {
            int started = random.nextInt(400);
            int segments = random.nextInt(4);
            for (int number = 0; number < segments; number++) {
                history.add(segment(random, tenants, replay, number, started));
            }
        }
        int events = 1 + random.nextInt(8);
        for (int event = 1; event <= events; event++) {
            history.add(event(random, tenants, event));
        }
        return history;
    }

    private static ReplaySegment segment(Random random, boolean tenants, int replay, int number, int started) {
        int[] traces =
                random.ints(random.nextInt(3), 1, 4).map(trace -> 0x70 + trace).toArray();
        ReplaySegment segment = Samples.segment(replay, number, started, started + 5 * (number + 1), traces);
        segment.setProjectId(tenants && random.nextInt(2) == 0 ? 66 : Samples.WEB);
        if (random.nextInt(12) == 0) {
            segment.setIsArchived(true);
            segment.setSegmentId(null);
        }
        return segment;
    }

    private static BackendEvent event(Random random, boolean tenants, int number) {
        int kind = random.nextInt(4);
        BackendEvent event = kind == 3
                ? Samples.error(number, random.nextInt(900))
                : Samples.error(number, random.nextInt(900), 0x70 + 1 + random.nextInt(3));
        if (kind == 0 || kind == 3) {
            Samples.named(event, 1 + random.nextInt(5));
        } else if (kind == 1) {
            Samples.flagged(event);
        }
        if (random.nextInt(3) == 0) {
            event.setProjectId(Samples.WEB);
        }
        if (tenants && random.nextInt(2) == 0) {
            event.setOrganizationId(2);
            event.setProjectId(66);
        }
        return event;
    }
}
