package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.CrashingLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Steps that are made anew from their log after each crash say what a full look at the history says, in both guarantees. */
class LogPropertyTest {

    private static final int CRASHES_AN_EPOCH = 4;
    private static final long[] ROUNDS_MIN = {10, 20, 25, 30, 60, 120, 180, 240, 300};

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(LongRun.class)
    void shouldEmitWhatAFullLookFindsThroughCrashes(
            @ForAll Story story,
            @ForAll boolean transactional,
            @ForAll @Size(max = 60) List<@IntRange(max = 500) Integer> numbers) {
        CrashingLog log = new CrashingLog(Story.SETTINGS, transactional);
        ShrinkableRandom random = new ShrinkableRandom(numbers);

        for (int epoch = 0; epoch < Story.EPOCHS; epoch++) {
            story.taken(epoch).forEach(step -> add(step.arrival(), log));
            log.runThrough(random::next, CRASHES_AN_EPOCH);
            if (!story.isReplaySideHeld(epoch)) {
                pass(epoch, log, random);
            }
        }

        EmittedLinks links = new EmittedLinks();
        log.links().forEach(links::add);
        Map<String, UnlinkedReason> reasons = new HashMap<>();
        log.unlinked().forEach(unlinked -> reasons.put(EmittedLinks.key(unlinked.getEvent()), unlinked.getReason()));
        assertThat(new Oracle(story.history()).differences(links.held(), reasons))
                .isEmpty();
    }

    private static void add(Arrival arrival, CrashingLog log) {
        if (arrival.record() instanceof BackendEvent event) {
            log.event(event, arrival.recordMs());
        } else if (arrival.record() instanceof Span span) {
            log.span(span, arrival.recordMs());
        } else if (arrival.record() instanceof ReplaySegment segment) {
            log.segment(segment, arrival.recordMs());
        } else {
            Arrival.Deletion deletion = (Arrival.Deletion) arrival.record();
            log.deletion(deletion.project(), Objects.requireNonNull(Ids.parse(deletion.event())), arrival.recordMs());
        }
    }

    private static void pass(int epoch, CrashingLog log, ShrinkableRandom random) {
        for (long minutes : ROUNDS_MIN) {
            long ms = Story.startMs(epoch) + Duration.ofMinutes(minutes).toMillis();
            if (ms < Story.startMs(epoch + 1)) {
                log.watermark(ms);
                log.runThrough(random::next, 1);
            }
        }
        log.watermark(Story.startMs(epoch + 1));
        log.runThrough(random::next, 1);
    }
}
