package io.replaylinker.benchmarks.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.sentry.SentrySpanDecoder;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.SpanReader;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SpanMessagesTest {

    private static final Workload WORKLOAD = Workload.ofEvents(1, Shape.EVEN, 2_000);
    private static final int SPANS = 30;
    private static final long RECORD_MS = Workload.START.toEpochMilli() + 600_000;

    private final WorkloadRecords records = new WorkloadRecords(WORKLOAD);
    private final SpanMessages messages = new SpanMessages(WORKLOAD.hash(), SPANS);
    private final ClaimReader claims = EvidenceReading.claims();
    private final SentrySpanDecoder decoder = new SentrySpanDecoder();

    @Test
    void shouldStreamEveryOtherCallOfAServer() {
        long calls = WORKLOAD.occurrences()
                .map(records::event)
                .filter(event -> event.getType().equals("transaction")
                        && !event.getPlatform().equals("javascript"))
                .count();

        assertThat(streamed().count()).isBetween(calls * 4 / 10, calls * 6 / 10);
        assertThat(streamed().map(records::event))
                .allMatch(event -> event.getType().equals("transaction"))
                .noneMatch(event -> event.getPlatform().equals("javascript"));
    }

    @Test
    void shouldSendASegmentAndTwoCallsAmongThirtySpans() {
        assertThat(streamed()).isNotEmpty().allSatisfy(at -> {
            List<byte[]> call = messages.write(at, records.event(at));
            List<Span> taken = taken(call);

            assertThat(call).hasSize(SPANS);
            assertThat(call.subList(0, SPANS - 3).stream().map(this::decode))
                    .containsOnly(Decoded.control("inner_span"));
            assertThat(taken).extracting(Span::getIsSegment).containsExactly(false, false, true);
            assertThat(taken)
                    .extracting(Span::getSegmentId)
                    .containsOnly(taken.get(2).getSpanId());
        });
    }

    /** As the capture has them, but for the lengths of names and replay ids. */
    @Test
    void shouldMakeEachSpanAsLargeAsItReallyIs() {
        assertThat(streamed().map(at -> messages.write(at, records.event(at)))).allSatisfy(call -> {
            assertThat(call.subList(0, SPANS - 3)).allMatch(inner -> inner.length > 1_250 && inner.length < 1_600);
            assertThat(call.subList(SPANS - 3, SPANS - 1)).allMatch(edge -> edge.length > 1_850 && edge.length < 2_150);
            assertThat(call.get(SPANS - 1).length).isBetween(5_700, 6_150);
        });
    }

    @Test
    void shouldGiveEachSpanAnIdOfItsOwn() {
        Set<String> ids = new HashSet<>();

        List<String> given = streamed()
                .flatMap(at -> messages.write(at, records.event(at)).stream())
                .map(SpanMessagesTest::spanId)
                .toList();

        assertThat(given).hasSize((int) streamed().count() * SPANS).allMatch(ids::add);
    }

    @Test
    void shouldMakeTheClaimsOfTheCallsButForWhereTheReplayIdStands() {
        assertThat(streamed()).allSatisfy(at -> {
            BackendEvent event = records.event(at);
            Claim asTransaction = claim(event);
            Claim claim = claim(segment(at, event));

            assertThat(claim.getReplayId()).isEqualTo(asTransaction.getReplayId());
            assertThat(claim.getLookups()).isEqualTo(asTransaction.getLookups());
            assertThat(claim.getCall()).isTrue();
            assertThat(claim.getRoot()).isFalse();
            assertThat(claim.getClient()).isFalse();
            assertThat(claim.getEvent().getReceivedMs())
                    .isEqualTo(asTransaction.getEvent().getReceivedMs());
            assertThat(claim.getEvent().getDurationMs())
                    .isEqualTo(asTransaction.getEvent().getDurationMs());
            assertThat(claim.getEvent().getTransaction())
                    .isEqualTo(asTransaction.getEvent().getTransaction());
            assertThat(claim.getEvent().getStatus())
                    .isEqualTo(asTransaction.getEvent().getStatus());
        });
    }

    private Stream<Occurrence> streamed() {
        return WORKLOAD.occurrences().filter(at -> StreamedCalls.isStreamed(at, records.event(at)));
    }

    private Claim claim(BackendEvent event) {
        return Objects.requireNonNull(claims.read(event, RECORD_MS));
    }

    private BackendEvent segment(Occurrence at, BackendEvent event) {
        BackendEvent segment =
                SpanReader.segment(taken(messages.write(at, event)).get(2));
        assertThat(segment).isNotNull();
        assertThat(segment.getEventId()).isEqualTo(StreamedCalls.eventId(event));
        return segment;
    }

    private List<Span> taken(List<byte[]> call) {
        return call.stream()
                .map(this::decode)
                .flatMap(decoded ->
                        decoded instanceof Decoded.Value<Span> value ? Stream.of(value.value()) : Stream.of())
                .toList();
    }

    private Decoded<Span> decode(byte[] message) {
        return decoder.decode("", new RecordHeaders(), message);
    }

    /** Of any span: the decoder skips most. */
    private static String spanId(byte[] message) {
        return new String(message, UTF_8).replaceFirst("(?s).*?\"span_id\":\"(\\w{16})\".*", "$1");
    }
}
