package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.Emitted;
import io.replaylinker.topology.join.JoinSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** One partition of confirm: what bounds it, what it knows from before its first block, and that it can be made anew. */
class StepStateTest {

    private static final int EVENTS = 500;
    private static final long LITTLE_MEMORY = 80_000;
    private static final long ENOUGH_MEMORY = 100_000_000;
    private static final int PARTITION = 0;

    private final Serializer<JoinInput> serializer = new JoinInputSerde().serializer();
    private final List<byte[]> log = new ArrayList<>();
    private final StepInputs inputs = new StepInputs(new StepInputs.Sink() {

        @Override
        public void accept(StepInputs.Step step, StepInputs.Input input) {
            if (step == StepInputs.Step.CONFIRM) {
                log.add(serializer.serialize("", input.value()));
            }
        }

        @Override
        public void unlinked(Unlinked unlinked) {}
    });

    @Test
    void shouldEndTheOldestWaitsWhenItsMemoryIsFull() {
        for (int number = 1; number <= EVENTS; number++) {
            event(Samples.named(Samples.error(number, number), 1_000 + number));
        }
        Emissions emitted = new Emissions();
        StepState state = state(LITTLE_MEMORY, Map.of());

        play(state, emitted);

        assertThat(state.note().stateBytes()).isBetween(LITTLE_MEMORY / 2, LITTLE_MEMORY);
        assertThat(emitted.relieved).isPositive();
        assertThat(emitted.unlinked()).isNotEmpty().hasSizeLessThan(EVENTS);
        assertThat(emitted.unlinked().get(0).getEvent().getTimestampMs()).isEqualTo(Samples.at(1));
        assertThat(emitted.unlinked()).extracting(Unlinked::getReason).containsOnly(UnlinkedReason.REPLAY_NOT_SEEN);
    }

    @Test
    void shouldEndNoWaitEarlyWhileThereIsRoom() {
        for (int number = 1; number <= EVENTS; number++) {
            event(Samples.named(Samples.error(number, number), 1_000 + number));
        }
        Emissions emitted = new Emissions();
        StepState state = state(ENOUGH_MEMORY, Map.of());

        play(state, emitted);

        assertThat(rows(state)).hasSizeGreaterThanOrEqualTo(EVENTS);
        assertThat(emitted.relieved).isZero();
        assertThat(emitted.unlinked()).isEmpty();
    }

    @Test
    void shouldHaveTheSameRowsWhenItIsMadeAnew() {
        someHistory();
        StepState first = state(ENOUGH_MEMORY, Map.of());
        StepState restored = state(ENOUGH_MEMORY, Map.of());

        play(first, new Emissions());
        log.forEach(block -> restored.take(block, 0));

        assertThat(rows(restored)).isNotEmpty().isEqualTo(rows(first));
    }

    @Test
    void shouldHaveAllRowsWhenItIsMadeAnewFromALaterBlockWithLittleMemory() {
        someHistory();
        StepState first = state(LITTLE_MEMORY, Map.of());
        StepState restored = state(LITTLE_MEMORY, Map.of());

        play(first, new Emissions());
        log.subList(log.size() / 4, log.size()).forEach(block -> restored.take(block, 0));

        assertThat(keys(restored)).isNotEmpty().containsAll(keys(first));
        assertThat(restored.note().stateBytes()).isLessThan(LITTLE_MEMORY + LITTLE_MEMORY / 5);
    }

    @Test
    void shouldLetWhatComesAfterAReliefWaitNoLonger() {
        for (int number = 1; number <= EVENTS; number++) {
            event(Samples.named(Samples.error(number, number), 1_000 + number));
        }
        StepState state = state(LITTLE_MEMORY, Map.of());
        Emissions emitted = new Emissions();
        play(state, emitted);
        int ended = emitted.unlinked().size();

        // When the clock comes to the end of the last one's wait
        watermark(Samples.at(EVENTS) + Duration.ofMinutes(15).toMillis() + 1, Samples.at(EVENTS));
        state.take(log.get(log.size() - 1), 0);

        assertThat(ended).isPositive();
        assertThat(emitted.unlinked()).hasSize(EVENTS);
    }

    @Test
    void shouldGoOnFromItsOwnProgressWhenItIsMadeAnew() {
        // Given a clock that has come far when an old event arrives, and a window that begins behind the ticks
        long farMs = Samples.at(0) + Duration.ofHours(5).toMillis();
        log.add(serializer.serialize(
                "", new JoinInput.Watermark(JoinSteps.partition(JoinSteps.CONFIRM, PARTITION), farMs, farMs)));
        event(Samples.named(Samples.error(1, 3), 0xa));
        StepState restored = state(ENOUGH_MEMORY, Map.of());
        log.forEach(block -> restored.take(block, 0));
        Emissions emitted = new Emissions();
        restored.emitTo(emitted);

        // When the clock goes on by less than its wait
        watermark(farMs + Duration.ofMinutes(10).toMillis(), farMs);
        restored.take(log.get(log.size() - 1), 0);

        assertThat(emitted.unlinked()).isEmpty();
        assertThat(restored.reachedMs())
                .isEqualTo(farMs + Duration.ofMinutes(10).toMillis());
    }

    private void someHistory() {
        for (int number = 1; number <= EVENTS; number++) {
            event(Samples.named(Samples.error(number, number), 1_000 + number % 50));
            if (number % 10 == 0) {
                inputs.segment(Samples.segment(1_000 + number % 50, number / 10, 0, number), Samples.at(number));
            }
        }
    }

    private void watermark(long timeMs, long emittedAtMs) {
        log.add(serializer.serialize("", new JoinInput.Watermark("replays-0", timeMs, emittedAtMs)));
    }

    private static List<String> keys(StepState state) {
        return rows(state).stream()
                .map(row -> row.substring(0, row.indexOf('=')))
                .toList();
    }

    @Test
    void shouldKnowOrganizationsFromBeforeItsFirstBlockAndNoLaterOnes() {
        // Given an event of organization 1, whose replay is of a project of organization 2
        log.add(serializer.serialize("", new JoinInput.Affiliation(22, 1)));
        event(Samples.named(Samples.error(1, 3), 0xa));
        inputs.segment(Samples.segment(0xa, 0, 0, 5), Samples.at(5));
        JoinInput.Affiliation foreign = new JoinInput.Affiliation(Samples.WEB, 2);

        // When that was learned before the first block, or at an offset behind it
        Emissions before = new Emissions();
        Emissions after = new Emissions();
        play(state(ENOUGH_MEMORY, Map.of(foreign, 99L)), before);
        play(state(ENOUGH_MEMORY, Map.of(foreign, 101L)), after);

        // Then
        assertThat(before.links()).isNotEmpty().allMatch(Link::getDeleted);
        assertThat(after.links()).singleElement().matches(link -> !link.getDeleted());
    }

    @Test
    void shouldEmitWhatItLearnsOnceAndNothingThatItKnew() {
        JoinInput.Affiliation known = new JoinInput.Affiliation(1, 1);
        JoinInput.Affiliation other = new JoinInput.Affiliation(2, 1);
        List.of(known, other, other).forEach(project -> log.add(serializer.serialize("", project)));
        Emissions emitted = new Emissions();

        play(state(ENOUGH_MEMORY, Map.of(known, 5L)), emitted);

        assertThat(emitted.learned).containsExactly(other);
    }

    private void event(BackendEvent event) {
        inputs.event(event, event.getReceivedMs());
    }

    /** Its first block has the offset 100. */
    private void play(StepState state, Emissions emitted) {
        state.emitTo(emitted);
        state.begin(100);
        log.forEach(block -> state.take(block, 0));
    }

    private static List<String> rows(StepState state) {
        return state.rows().walk(new byte[0]).take(Integer.MAX_VALUE).stream()
                .map(row -> HexFormat.of().formatHex(row.key()) + "="
                        + HexFormat.of().formatHex(row.value()))
                .sorted()
                .toList();
    }

    private static StepState state(long mostBytes, Map<JoinInput.Affiliation, Long> known) {
        JoinSettings settings = JoinSettings.defaults();
        return new StepState(
                new StepState.Spec(
                        JoinSteps.CONFIRM,
                        "by-replay",
                        (rows, output) -> new Confirmer(rows, settings, output),
                        new WatermarkSettings(Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(1)),
                        List.of(),
                        mostBytes,
                        new Windows()),
                new StepState.Past() {

                    @Override
                    public OptionalLong restoredFrom(TopicPartition source) {
                        return OptionalLong.empty();
                    }

                    @Override
                    public void organizations(
                            int partition, long beforeOffset, Consumer<JoinInput.Affiliation> action) {
                        new LinkedHashMap<>(known).forEach((project, offset) -> {
                            if (offset < beforeOffset) {
                                action.accept(project);
                            }
                        });
                    }
                });
    }

    private static final class Emissions extends Emitted implements StepState.Output {

        private final List<JoinInput.Affiliation> learned = new ArrayList<>();
        private int relieved;

        @Override
        public void advanced(long timeMs) {}

        @Override
        public void expired(int rows) {}

        @Override
        public void relieved(int rows) {
            relieved += rows;
        }

        @Override
        public void learned(JoinInput.Affiliation project) {
            learned.add(project);
        }
    }
}
