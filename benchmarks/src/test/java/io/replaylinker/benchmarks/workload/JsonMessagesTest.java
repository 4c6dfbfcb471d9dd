package io.replaylinker.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.topology.claim.ClaimReader;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class JsonMessagesTest {

    private static final Workload WORKLOAD = Workload.ofEvents(1, Shape.EVEN, 500);

    private static final long RECORD_MS = Workload.START.toEpochMilli() + 600_000;

    private final WorkloadRecords records = new WorkloadRecords(WORKLOAD);
    private final JsonMessages messages = new JsonMessages();

    @Test
    void shouldMakeTheSameClaimsAsTheModel() {
        ClaimReader claims = EvidenceReading.claims();
        List<BackendEvent> events = WORKLOAD.occurrences().map(records::event).toList();

        List<BackendEvent> read = events.stream()
                .map(event -> decoded(new SentryEventDecoder(), messages.event(event)))
                .toList();

        for (int i = 0; i < events.size(); i++) {
            BackendEvent event = events.get(i);
            BackendEvent same = read.get(i);
            assertThat(claims.read(same, RECORD_MS))
                    .extracting(Claim::getReplayId)
                    .isEqualTo(Objects.requireNonNull(claims.read(event, RECORD_MS))
                            .getReplayId());
            // The template has spans and headers of its own, which the model has not.
            same.setClientSpanIds(event.getClientSpanIds());
            same.setSentryTrace(event.getSentryTrace());
            same.setBaggage(event.getBaggage());
            if (event.getType().equals("error")) {
                same.setOp(event.getOp());
                same.setStatus(event.getStatus());
            } else {
                same.setLevel(event.getLevel());
            }
            assertThat(claims.read(same, RECORD_MS)).isEqualTo(claims.read(event, RECORD_MS));
        }
    }

    @Test
    void shouldMakeEventsOfTenKilobytes() {
        assertThat(WORKLOAD.occurrences().map(records::event).map(event -> messages.event(event).length))
                .allMatch(bytes -> bytes > 9_000 && bytes < 12_000);
    }

    @Test
    void shouldReadOfSegmentsWhatTheModelHolds() {
        List<ReplaySegment> segments =
                WORKLOAD.segmentOccurrences().map(records::segment).toList();

        List<ReplaySegment> read = segments.stream()
                .map(segment -> decoded(new SentryReplayDecoder(), messages.segment(segment)))
                .peek(segment -> segment.setTraceIds(segment.getTraceIds().stream()
                        .map(id -> id.replace("-", ""))
                        .toList()))
                .toList();

        assertThat(read).isEqualTo(segments);
    }

    private static <T> T decoded(RecordDecoder<T> decoder, byte[] message) {
        Decoded<T> decoded = decoder.decode("", new RecordHeaders(), message);
        assertThat(decoded).isInstanceOf(Decoded.Value.class);
        return ((Decoded.Value<T>) decoded).value();
    }
}
