package io.replaylinker.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.serdes.sentry.SentrySpanDecoder;
import io.replaylinker.topology.BoundedJoin;
import io.replaylinker.topology.EvidenceSettings;
import io.replaylinker.topology.JoinCounts;
import io.replaylinker.topology.join.JoinSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workload as messages through the product's join, whose links are those that the workload expects. */
class ExpectedLinksTest {

    private static final int EVENTS = 2_000;

    private final Map<Id, Id> links = new HashMap<>();
    private final BoundedJoin join = new BoundedJoin(
            EvidenceSettings.defaults(),
            JoinSettings.defaults(),
            new JoinCounts(new SimpleMeterRegistry()),
            new RecordingListener());

    @ParameterizedTest
    @CsvSource({"EVEN, 30", "EVEN, 3", "EVEN, 0", "HOT_TRACE, 30", "HOT_REPLAY, 30"})
    void shouldBeTheLinksOfTheJoin(Shape shape, int spansPerCall) {
        Workload workload = Workload.ofEvents(1, shape, EVENTS);
        SourceTopics topics = new SourceTopics(Format.JSON, shape, spansPerCall, false);

        read(workload, topics);

        assertThat(links).isEqualTo(ExpectedLinks.of(workload, topics)).hasSize((int) workload.expectedLinks());
        assertThat(links.keySet().stream().anyMatch(id -> Ids.hex(id).endsWith("0".repeat(16))))
                .isEqualTo(spansPerCall > 0);
    }

    private void read(Workload workload, SourceTopics topics) {
        WorkloadRecords records = new WorkloadRecords(workload);
        JsonMessages messages = new JsonMessages();
        Optional<SpanMessages> spans =
                topics.spans().map(topic -> new SpanMessages(workload.hash(), topics.spansPerCall()));
        List<Timed> all = new ArrayList<>();
        workload.segmentOccurrences().map(records::segment).forEach(segment -> all.add(replay(segment, messages)));
        workload.occurrences().forEach(at -> {
            BackendEvent event = records.event(at);
            if (spans.isPresent() && StreamedCalls.isStreamed(at, event)) {
                spans.get().write(at, event).forEach(span -> all.add(span(event.getReceivedMs(), span)));
            } else {
                all.add(event(event, messages));
            }
        });
        all.stream().sorted().forEach(timed -> timed.read().run());
    }

    private Timed replay(ReplaySegment segment, JsonMessages messages) {
        long atMs = segment.getReceivedMs();
        return new Timed(
                atMs,
                () -> join.replay(
                        "replays",
                        new SentryReplayDecoder().decode("", new RecordHeaders(), messages.segment(segment)),
                        atMs));
    }

    private Timed event(BackendEvent event, JsonMessages messages) {
        long atMs = event.getReceivedMs();
        return new Timed(
                atMs,
                () -> join.event(
                        "events",
                        new SentryEventDecoder().decode("", new RecordHeaders(), messages.event(event)),
                        atMs));
    }

    private Timed span(long atMs, byte[] message) {
        return new Timed(
                atMs, () -> join.span("spans", new SentrySpanDecoder().decode("", new RecordHeaders(), message), atMs));
    }

    private record Timed(long atMs, Runnable read) implements Comparable<Timed> {

        @Override
        public int compareTo(Timed other) {
            return Long.compare(atMs, other.atMs);
        }
    }

    private final class RecordingListener implements BoundedJoin.Listener {

        @Override
        public void claimed(EventSummary event) {}

        @Override
        public void link(Link link) {
            if (link.getDeleted()) {
                links.remove(link.getEvent().getEventId());
            } else {
                links.put(link.getEvent().getEventId(), link.getReplayId());
            }
        }

        @Override
        public void unlinked(Unlinked unlinked) {}

        @Override
        public void replayState(ReplayState replayState) {}
    }
}
