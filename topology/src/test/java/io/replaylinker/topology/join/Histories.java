package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Histories within one wait as plain events, spans and segments, for tests that bring them to the join in a way of their own. */
public final class Histories {

    /** Of the join that the oracle judges. */
    public static final JoinSettings SETTINGS = Story.SETTINGS;

    private Histories() {}

    /** Events, spans and segments, each with a receive time that its record's timestamp may have; every object stands alone. */
    public static List<Object> history(Random random) {
        List<Object> history = new ArrayList<>();
        for (Story.Step step :
                Stories.some(Stories.ofOneBurst(), 1, random).get(0).steps()) {
            Object record = step.arrival().record();
            if (record instanceof BackendEvent event && !step.repeated()) {
                event.setReceivedMs(step.arrival().recordMs());
                history.add(event);
            } else if (record instanceof Span span && !step.repeated()) {
                span.setReceivedMs(step.arrival().recordMs());
                history.add(span);
            } else if (record instanceof ReplaySegment segment && !step.repeated()) {
                segment.setReceivedMs(step.arrival().recordMs());
                history.add(segment);
            }
        }
        return history;
    }
}
