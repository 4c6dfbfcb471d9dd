package io.replaylinker.topology.claim;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.edge;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.segmentSpan;
import static io.replaylinker.topology.Samples.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.Samples;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpanReaderTest {

    private static final int TRACE = 0x7;
    private static final int CALL = 0x51;
    private static final int INNER = 0x52;
    private static final int ABOVE = 0x53;

    private final SpanReader reader = new SpanReader(new UserHashes(new byte[] {1}));
    private final Span segment = segmentSpan(3, TRACE, CALL, ABOVE);
    private final Span edge = edge(3, TRACE, INNER, CALL);

    @Test
    void shouldNameASegmentByItsSpanIdAndSixteenZeros() {
        segment.setSpanId("  00-0000000000-00AB ".toUpperCase(Locale.ROOT));

        BackendEvent event = event(segment);

        assertThat(event.getEventId()).isEqualTo("00000000000000ab" + "0000000000000000");
        assertThat(event.getType()).isEqualTo("span");
    }

    @Test
    void shouldNotTakeTheEventIdOfASpanThatWasNoTransaction() {
        segment.setEventId(id(9));

        assertThat(event(segment).getEventId()).isEqualTo(span(CALL) + "0".repeat(16));
    }

    @Test
    void shouldTakeTheSegmentOfATransactionForThatTransaction() {
        segment.setWasTransaction(true);
        segment.setEventId(id(9));

        assertThat(event(segment).getEventId()).isEqualTo(id(9));
        assertThat(event(segment).getType()).isEqualTo("transaction");
    }

    @Test
    void shouldTakeASegmentWhoseEventIdIsNoneForASpan() {
        segment.setWasTransaction(true);
        for (String none : new String[] {null, "", "not-an-id", "0".repeat(32)}) {
            segment.setEventId(none);

            assertThat(event(segment).getType()).as("%s", none).isEqualTo("span");
        }
    }

    @Test
    void shouldMakeNoEventOfASegmentWithoutASpanId() {
        for (String none : new String[] {"", "xyz", "0000000000000000", id(1)}) {
            segment.setSpanId(none);

            assertThat(SpanReader.segment(segment)).as(none).isNull();
        }
    }

    @Test
    void shouldKeepWhatASegmentCarries() {
        segment.setName("GET /cart");
        segment.setStatus("internal_error");
        segment.setRelease("shop@1");
        segment.setEnvironment("production");
        segment.setSdk("sentry.python");
        segment.setOrigin("auto.http.django");
        segment.setProfileId(id(8));
        segment.setReplayId(id(10));
        segment.setReplayIsBuffering(true);
        segment.setBaggage("sentry-trace_id=" + id(6));
        segment.setSentryTrace(id(6) + "-" + span(1));
        segment.setTraceparent("00-" + id(6) + "-" + span(1) + "-01");
        segment.setUserId("u1");
        segment.setUserAddress("203.0.113.9");
        segment.setStartTimestampMs(at(1));

        assertThat(event(segment)).isEqualTo(whole());
    }

    private static BackendEvent whole() {
        BackendEvent event = Samples.call(0, 3, TRACE, CALL, ABOVE);
        event.setEventId(span(CALL) + "0".repeat(16));
        event.setType("span");
        event.setLevel(null);
        event.setStartTimestampMs(at(1));
        event.setTransaction("GET /cart");
        event.setStatus("internal_error");
        event.setRelease("shop@1");
        event.setEnvironment("production");
        event.setSdk("sentry.python");
        event.setOrigin("auto.http.django");
        event.setProfileId(id(8));
        event.setAttributeReplayId(id(10));
        event.setReplayIsBuffering(true);
        event.setBaggage("sentry-trace_id=" + id(6));
        event.setSentryTrace(id(6) + "-" + span(1));
        event.setTraceparent("00-" + id(6) + "-" + span(1) + "-01");
        event.setUserId("u1");
        event.setUserAddress("203.0.113.9");
        return event;
    }

    @Test
    void shouldReadASegmentAsACallOfItsTrace() {
        ClaimReader claims =
                new ClaimReader(ClaimSettings.defaults(), new UserHashes(new byte[] {1}), ClaimOddities.NONE);

        Claim claim = Objects.requireNonNull(claims.read(event(segment), at(3)));

        assertThat(claim.getCall()).isTrue();
        assertThat(claim.getClient()).isFalse();
        assertThat(Objects.requireNonNull(ClaimObservations.span(claim)).getSpanId())
                .isEqualTo(spanId(CALL));
    }

    @Test
    void shouldUseTheRecordsTimeForASegmentWithoutAny() {
        segment.setTimestampMs(null);
        segment.setStartTimestampMs(null);
        segment.setReceivedMs(null);
        ClaimReader claims =
                new ClaimReader(ClaimSettings.defaults(), new UserHashes(new byte[] {1}), ClaimOddities.NONE);

        Claim claim = Objects.requireNonNull(claims.read(event(segment), at(3)));

        assertThat(claim.getEvent().getTimestampMs()).isEqualTo(at(3));
        assertThat(claim.getEvent().getReceivedMs()).isEqualTo(at(3));
        assertThat(claim.getEvent().getDurationMs()).isNull();
    }

    @Test
    void shouldLeadFromAnInnerSpanToItsSegment() {
        edge.setParentSpanId(span(ABOVE));

        assertThat(read()).extracting(TraceObservation::getSpanId).isEqualTo(spanId(INNER));
        assertThat(read()).extracting(TraceObservation::getParentSpanId).isEqualTo(spanId(CALL));
        assertThat(read()).extracting(TraceObservation::getCall).isEqualTo(false);
    }

    @Test
    void shouldLeadFromAnInnerSpanToItsParentWhereItsSegmentIsNotNamed() {
        edge.setParentSpanId(span(ABOVE));
        for (String none : new String[] {null, "", "xyz", span(INNER)}) {
            edge.setSegmentId(none);

            assertThat(read())
                    .as("%s", none)
                    .extracting(TraceObservation::getParentSpanId)
                    .isEqualTo(spanId(ABOVE));
        }
    }

    @Test
    void shouldMakeNoEdgeOfASpanThatLeadsNowhere() {
        edge.setSegmentId(null);
        assertThat(read()).isNull();

        edge.setSegmentId(span(CALL));
        edge.setTraceId("0".repeat(32));
        assertThat(read()).isNull();

        edge.setTraceId(id(TRACE));
        edge.setSpanId("none");
        assertThat(read()).isNull();
    }

    @Test
    void shouldLetAnEdgeTeachTheReplayThatItNames() {
        edge.setReplayId(id(10));
        edge.setReplayIsBuffering(true);

        TraceObservation taught = Objects.requireNonNull(read());

        assertThat(taught.getReplayId()).isEqualTo(Ids.parse(id(10)));
        assertThat(taught.getTeaches()).isTrue();
        assertThat(taught.getClient()).isTrue();
        assertThat(taught.getBuffering()).isTrue();
    }

    @Test
    void shouldDistinguishEdgesOfBrowsersFromThoseOfServers() {
        assertThat(read()).extracting(TraceObservation::getClient).isEqualTo(false);

        edge.setPlatform("javascript");
        assertThat(read()).extracting(TraceObservation::getClient).isEqualTo(true);
    }

    @Test
    void shouldNotBelieveTimesOfAnEdgeThatAreAheadOfItsRecord() {
        edge.setReceivedMs(at(86_400));
        edge.setTimestampMs(at(86_400));
        edge.setStartTimestampMs(at(90_000));

        TraceObservation bounded = Objects.requireNonNull(read());

        assertThat(bounded.getSeenMs()).isEqualTo(at(3) + EventTime.SKEW_MS);
        assertThat(bounded.getEndedMs()).isEqualTo(bounded.getSeenMs());
        assertThat(bounded.getStartedMs()).isEqualTo(bounded.getSeenMs());
    }

    private @Nullable TraceObservation read() {
        return reader.edge(edge, at(3));
    }

    private static BackendEvent event(Span span) {
        return Objects.requireNonNull(SpanReader.segment(span));
    }

    private static SpanId spanId(int number) {
        return Objects.requireNonNull(Ids.parseSpan(span(number)));
    }
}
