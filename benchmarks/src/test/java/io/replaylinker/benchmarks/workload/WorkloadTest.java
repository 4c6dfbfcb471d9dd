package io.replaylinker.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {

    private static final int EVENTS = 10_000;

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheSharesOfKinds(Shape shape) {
        Workload workload = Workload.ofEvents(1, shape, EVENTS);

        Map<EventKind, Long> kinds =
                workload.occurrences().collect(Collectors.groupingBy(Occurrence::kind, Collectors.counting()));

        assertThat(kinds)
                .containsEntry(EventKind.EXPLICIT, 3_000L)
                .containsEntry(EventKind.BY_TRACE, 2_000L)
                .containsEntry(EventKind.UNRELATED, 5_000L);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeInTimeOrderOverTenMinutes(Shape shape) {
        Workload workload = Workload.ofEvents(1, shape, EVENTS);

        List<Long> times = workload.occurrences().map(Occurrence::atMs).toList();
        List<Long> segmentTimes =
                workload.segmentOccurrences().map(SegmentOccurrence::atMs).toList();

        assertThat(times).isSorted().allMatch(ms -> ms >= 0 && ms < 600_000);
        assertThat(segmentTimes).hasSize(2_000).isSorted().allMatch(ms -> ms > 0 && ms <= 600_000);
    }

    @Test
    void shouldBeAFunctionOfItsSeed() {
        List<BackendEvent> events = events(Workload.ofEvents(7, Shape.EVEN, EVENTS));

        assertThat(events(Workload.ofEvents(7, Shape.EVEN, EVENTS))).isEqualTo(events);
        assertThat(events(Workload.ofEvents(8, Shape.EVEN, EVENTS))).doesNotContainAnyElementsOf(events);
    }

    @ParameterizedTest
    @EnumSource
    void shouldListEachTraceOfAReplayOnce(Shape shape) {
        Workload workload = Workload.ofEvents(1, shape, EVENTS);

        Map<String, List<String>> listed = segments(workload).stream()
                .collect(Collectors.groupingBy(
                        ReplaySegment::getReplayId,
                        Collectors.flatMapping(segment -> segment.getTraceIds().stream(), Collectors.toList())));

        assertThat(listed)
                .hasSize(200)
                .allSatisfy((replay, traces) -> assertThat(traces).hasSize(3).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @EnumSource
    void shouldExpectALinkForEachEventWithAnIdOrATraceOfOneReplay(Shape shape) {
        Workload workload = Workload.ofEvents(1, shape, EVENTS);
        Map<String, Set<String>> replaysByTrace = new HashMap<>();
        segments(workload).forEach(segment -> segment.getTraceIds().forEach(trace -> replaysByTrace
                .computeIfAbsent(trace, unused -> new HashSet<>())
                .add(segment.getReplayId())));

        long linkable = events(workload).stream()
                .filter(event -> event.getReplayId() != null
                        || replaysByTrace
                                        .getOrDefault(event.getTraceId(), Set.of())
                                        .size()
                                == 1)
                .count();

        assertThat(workload.expectedLinks()).isEqualTo(linkable);
    }

    @Test
    void shouldPutHalfOfTheReplaysOnTheHotTrace() {
        Workload workload = Workload.ofEvents(1, Shape.HOT_TRACE, EVENTS);

        assertThat(largest(segments(workload).stream()
                        .map(ReplaySegment::getTraceIds)
                        .flatMap(Collection::stream)
                        .toList()))
                .isEqualTo(100);
    }

    @Test
    void shouldGiveTheHotReplayATenthOfTheEvents() {
        Workload workload = Workload.ofEvents(1, Shape.HOT_REPLAY, EVENTS);

        assertThat(largest(events(workload).stream()
                        .flatMap(event -> Stream.ofNullable(event.getReplayId()))
                        .toList()))
                .isEqualTo(1_000 + 10);
    }

    private static long largest(List<String> values) {
        return values.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static List<BackendEvent> events(Workload workload) {
        WorkloadRecords records = new WorkloadRecords(workload);
        return workload.occurrences().map(records::event).toList();
    }

    private static List<ReplaySegment> segments(Workload workload) {
        WorkloadRecords records = new WorkloadRecords(workload);
        return workload.segmentOccurrences().map(records::segment).toList();
    }
}
