package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Histories within one wait as plain events and segments, for tests that bring them to the join in a way of their own. */
public final class Histories {

    private Histories() {}

    /** Events and segments, each with a receive time that its record's timestamp may have; every object stands alone. */
    public static List<Object> history(Random random) {
        List<Object> history = new ArrayList<>();
        for (Story.Step step :
                Stories.some(Stories.ofOneBurst(), 1, random).get(0).steps()) {
            Object record = step.arrival().record();
            if (record instanceof BackendEvent event && !step.repeated()) {
                event.setReceivedMs(step.arrival().recordMs());
                history.add(event);
            } else if (record instanceof ReplaySegment segment && !step.repeated()) {
                segment.setReceivedMs(step.arrival().recordMs());
                history.add(segment);
            }
        }
        return history;
    }
}
