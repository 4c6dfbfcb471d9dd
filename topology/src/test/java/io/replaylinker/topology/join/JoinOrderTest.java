package io.replaylinker.topology.join;

import static io.replaylinker.schemas.UnlinkedReason.ARCHIVED;
import static io.replaylinker.schemas.UnlinkedReason.REPLAY_NOT_SEEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.Samples;
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
 * history; {@code -Dseed=N} runs that one alone.
 */
class JoinOrderTest {

    private static final int HISTORIES = 5_000;
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
        List<Object> history = history(random);
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

    /** Few replays, traces, projects and organizations, so that everything meets everything. */
    private static List<Object> history(Random random) {
        List<Object> history = new ArrayList<>();
        boolean cachedPage = random.nextInt(20) == 0;
        int replays = cachedPage ? 12 : 1 + random.nextInt(4);
        boolean tenants = random.nextInt(3) == 0;
        for (int replay = 1; replay <= replays; replay++) {
            double started = random.nextInt(1600) / 4.0;
            int segments = cachedPage ? 1 : random.nextInt(4);
            for (int number = 0; number < segments; number++) {
                history.add(segment(random, tenants, cachedPage, replay, number, started));
            }
        }
        int events = 1 + random.nextInt(8);
        for (int event = 1; event <= events; event++) {
            history.add(event(random, tenants, event));
        }
        return history;
    }

    private static ReplaySegment segment(
            Random random, boolean tenants, boolean cachedPage, int replay, int number, double started) {
        int[] traces = cachedPage
                ? new int[] {0x71}
                : random.ints(random.nextInt(3), 1, 4)
                        .map(trace -> 0x70 + trace)
                        .toArray();
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
