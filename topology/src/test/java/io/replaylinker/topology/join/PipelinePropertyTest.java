package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.Pipeline;
import io.replaylinker.topology.Samples;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The whole topology, with Kafka Streams' stores and punctuation, tells what a full look at the history says. */
class PipelinePropertyTest {

    /** Until all waits of an epoch are over, then some rounds in which emitted events are closed. */
    private static final long[] ROUNDS_MIN = {10, 20, 25, 26, 27, 28, 29};

    private static final Duration BETWEEN_ERAS = Duration.ofHours(1);

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(LongRun.class)
    void shouldEmitWhatAFullLookFinds(@ForAll Story story) {
        try (Pipeline pipeline = Pipeline.withDeletions(Story.SETTINGS)) {
            run(story, pipeline);

            EmittedLinks links = new EmittedLinks();
            pipeline.emittedLinks().forEach(links::add);
            Map<String, UnlinkedReason> reasons = new HashMap<>();
            pipeline.unlinked()
                    .forEach(unlinked -> reasons.put(EmittedLinks.key(unlinked.getEvent()), unlinked.getReason()));
            assertThat(new Oracle(story.history()).differences(links.held(), reasons))
                    .isEmpty();
        }
    }

    private static void run(Story story, Pipeline pipeline) {
        long nowMs = Samples.TEN;
        for (int epoch = 0; epoch <= story.lastEpoch(); epoch++) {
            story.taken(epoch).forEach(step -> take(step, pipeline));
            if (!story.isReplaySideHeld(epoch)) {
                for (long minutes : ROUNDS_MIN) {
                    nowMs = pass(
                            nowMs,
                            Story.startMs(epoch) + Duration.ofMinutes(minutes).toMillis(),
                            pipeline);
                }
                while (nowMs < Story.startMs(epoch + 1)) {
                    nowMs = pass(nowMs, Math.min(nowMs + BETWEEN_ERAS.toMillis(), Story.startMs(epoch + 1)), pipeline);
                }
            }
        }
    }

    private static void take(Story.Step step, Pipeline pipeline) {
        Arrival arrival = step.arrival();
        for (int times = step.turn().again() == 1 ? 2 : 1; times > 0; times--) {
            if (arrival.record() instanceof BackendEvent event) {
                pipeline.event(event, arrival.recordMs());
            } else if (arrival.record() instanceof Span span) {
                pipeline.span(span, arrival.recordMs());
            } else if (arrival.record() instanceof ReplaySegment segment) {
                pipeline.segment(segment, arrival.recordMs());
            } else if (arrival.record() instanceof Arrival.Deletion deletion) {
                pipeline.deletion(deletion.project(), deletion.event(), arrival.recordMs());
            }
        }
    }

    /** The pipeline adds a second to every step, so that what a tick tells is acted on. */
    private static long pass(long nowMs, long untilMs, Pipeline pipeline) {
        pipeline.passes(Duration.ofMillis(untilMs - nowMs).minusSeconds(1));
        return untilMs;
    }
}
