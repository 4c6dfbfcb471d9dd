package io.replaylinker.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.benchmarks.CaptureMessages;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.serdes.Decoded;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SegmentEventsTest {

    private final SegmentEvents decoder = new SegmentEvents();

    @Test
    void shouldReadSegmentsAndDropAllOtherSpans() {
        List<Decoded<BackendEvent>> decoded = CaptureMessages.ofSdk11("ingest-spans"::equals).stream()
                .map(span -> decoder.decode("", new RecordHeaders(), span))
                .toList();

        assertThat(decoded.stream().flatMap(SegmentEventsTest::event).map(BackendEvent::getSpanId))
                .hasSize(20)
                .contains("bd14468646a8edac")
                .doesNotContain("b7527adaa448972f");
        assertThat(decoded).contains(Decoded.control("inner_span")).noneMatch(Decoded.Rejection.class::isInstance);
    }

    private static Stream<BackendEvent> event(Decoded<BackendEvent> decoded) {
        return decoded instanceof Decoded.Value<BackendEvent> value ? Stream.of(value.value()) : Stream.of();
    }
}
