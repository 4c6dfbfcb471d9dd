package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.topology.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random histories for the join: everything that may happen to a few visitors within one wait. */
final class Histories {

    private Histories() {}

    /** Few replays, traces, projects and organizations, so that everything meets everything. */
    static List<Object> history(Random random) {
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
