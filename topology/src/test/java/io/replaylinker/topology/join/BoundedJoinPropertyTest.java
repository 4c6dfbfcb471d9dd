package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.topology.Samples;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * A run over any range tells of the range's events what a full look at the whole history says, though it reads no more than the
 * memory before the range and the memory behind it.
 */
class BoundedJoinPropertyTest {

    private static final int MINUTES = 8 * 60;
    private static final long MEMORY_MS = JoinSettings.defaults().memory().toMillis();
    private static final Duration BEFORE = Duration.ofMinutes(30);

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(LongRun.class)
    void shouldEmitOfARangeWhatAFullLookFinds(
            @ForAll Story story,
            @ForAll boolean disordered,
            @ForAll @IntRange(max = MINUTES) int from,
            @ForAll @IntRange(min = 1, max = MINUTES) int length) {
        List<Arrival> history = history(story, disordered);
        long fromMs = Samples.TEN + Duration.ofMinutes(from).minus(BEFORE).toMillis();
        long toMs = fromMs + Duration.ofMinutes(length).toMillis();
        List<Arrival> read = history.stream()
                .filter(arrival -> arrival.recordMs() >= fromMs - MEMORY_MS)
                .filter(arrival -> arrival.recordMs() < toMs + MEMORY_MS)
                .toList();
        BoundedRun run = new BoundedRun();
        history.stream()
                .filter(arrival -> arrival.recordMs() < fromMs - MEMORY_MS)
                .forEach(arrival -> run.learn(arrival.record()));

        read.forEach(run::take);
        run.close();

        Set<String> meant = meant(history, fromMs, toMs);
        Oracle oracle = new Oracle(List.copyOf(history));
        oracle.expected().keySet().retainAll(meant);
        Map<String, String> links = run.links();
        links.keySet().retainAll(meant);
        assertThat(oracle.differences(links, run.reasons())).isEmpty();
    }

    /** Nothing is held up: a run reads each record when its time has come. */
    private static List<Arrival> history(Story story, boolean disordered) {
        Comparator<Arrival> byTime = Comparator.comparingLong(Arrival::recordMs);
        Comparator<Arrival> byEpoch = Comparator.comparingInt(Arrival::epoch);
        return new Story(
                        story.tenants(),
                        false,
                        story.held().stream().map(held -> false).toList(),
                        story.moves())
                .steps().stream()
                        .map(Story.Step::arrival)
                        .sorted(disordered ? byEpoch : byTime)
                        .toList();
    }

    private static Set<String> meant(List<Arrival> history, long fromMs, long toMs) {
        return history.stream()
                .filter(arrival -> arrival.recordMs() >= fromMs && arrival.recordMs() < toMs)
                .map(Facts::of)
                .filter(Fact.Event.class::isInstance)
                .map(fact -> ((Fact.Event) fact).key())
                .collect(Collectors.toSet());
    }
}
