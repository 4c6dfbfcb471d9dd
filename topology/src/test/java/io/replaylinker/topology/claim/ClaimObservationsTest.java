package io.replaylinker.topology.claim;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.call;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.page;
import static io.replaylinker.topology.Samples.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.Ids;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R is the replay, OWN the trace of the event, HEADERS that of its request, BAGGAGE that of its request's baggage. */
class ClaimObservationsTest {

    private static final int R = 0xa;
    private static final int OWN = 0x6;
    private static final int HEADERS = 0x7;
    private static final int BAGGAGE = 0x9;
    private static final int CALL = 0x51;
    private static final int PARENT = 0x52;
    private static final int INNER = 0x53;

    private final ClaimReader reader =
            new ClaimReader(ClaimSettings.defaults(), new UserHashes(new byte[] {1}), ClaimOddities.NONE);

    @Test
    void shouldTeachNothingWithoutAnId() {
        assertThat(observed(call(1, 3, OWN, CALL, PARENT))).isEmpty();
    }

    @Test
    void shouldTeachTheOwnTraceByAnErrorThatIsNoSpanOfIt() {
        assertThat(observed(named(error(1, 3, OWN), R))).containsExactly("teaches " + id(OWN));
    }

    @Test
    void shouldTeachTheOwnTraceByTheSpanOfACall() {
        assertThat(observed(named(call(1, 3, OWN, CALL, PARENT), R)))
                .containsExactly("teaches " + id(OWN) + " span " + span(CALL) + " under " + span(PARENT));
    }

    @Test
    void shouldTeachTheTraceOfTheRequestAndBeASpanOfTheOwn() {
        BackendEvent event = named(call(1, 3, OWN, CALL, PARENT), R);
        event.setSentryTrace(id(HEADERS) + "-" + span(0x99));

        assertThat(observed(event))
                .containsExactly(
                        "shows " + id(OWN) + " span " + span(CALL) + " under " + span(PARENT),
                        "teaches " + id(HEADERS));
    }

    @Test
    void shouldTeachTheTraceOfTheBaggageByTheIdOfTheBaggage() {
        BackendEvent event = call(1, 3, OWN, CALL, PARENT);
        event.setSentryTrace(id(HEADERS) + "-" + span(0x99));
        event.setBaggage("sentry-replay_id=" + id(R) + ",sentry-trace_id=" + id(BAGGAGE));

        assertThat(observed(event))
                .containsExactly(
                        "shows " + id(OWN) + " span " + span(CALL) + " under " + span(PARENT),
                        "teaches " + id(BAGGAGE));
    }

    @Test
    void shouldTeachNoTraceByABaggageThatNamesNone() {
        BackendEvent event = call(1, 3, OWN, CALL, PARENT);
        event.setBaggage("sentry-replay_id=" + id(R));

        assertThat(observed(event))
                .containsExactly("shows " + id(OWN) + " span " + span(CALL) + " under " + span(PARENT));
    }

    @Test
    void shouldNotTeachATraceThatIsMadeOfTheEventsId() {
        BackendEvent event = named(error(1, 3, 1), R);

        assertThat(observed(event)).isEmpty();
    }

    @Test
    void shouldShowUserAndTimesOfACall() {
        BackendEvent event = page(1, 3, OWN, CALL);
        event.setStartTimestampMs(at(1));
        event.setUserId("u1");
        event.setUserAddress("203.0.113.9");
        Claim claim = claim(event);

        TraceObservation span = Objects.requireNonNull(ClaimObservations.span(claim));

        assertThat(span.getStartedMs()).isEqualTo(at(1));
        assertThat(span.getEndedMs()).isEqualTo(at(3));
        assertThat(span.getClient()).isTrue();
        assertThat(span.getRoot()).isTrue();
        assertThat(span.getCall()).isTrue();
        assertThat(span.getUser()).isNotNull().isEqualTo(claim.getUser());
        assertThat(span.getAddress()).isNotNull().isEqualTo(claim.getAddress());
    }

    @Test
    void shouldTakeNoErrorForASpan() {
        BackendEvent error = error(1, 3, OWN);
        error.setSpanId(span(CALL));

        assertThat(ClaimObservations.span(claim(error))).isNull();
    }

    @Test
    void shouldTakeNoCallWithoutASpanIdOrATraceForASpan() {
        BackendEvent withoutSpan = call(1, 3, OWN, CALL, PARENT);
        withoutSpan.setSpanId(null);
        assertThat(ClaimObservations.span(claim(withoutSpan))).isNull();

        BackendEvent withoutTrace = call(1, 3, OWN, CALL, PARENT);
        withoutTrace.setTraceId(null);
        assertThat(ClaimObservations.span(claim(withoutTrace))).isNull();

        BackendEvent madeUp = call(1, 3, 1, CALL, PARENT);
        assertThat(ClaimObservations.span(claim(madeUp))).isNull();
    }

    @Test
    void shouldNotTakeASpanForItsOwnParent() {
        TraceObservation span = ClaimObservations.span(claim(call(1, 3, OWN, CALL, CALL)));

        assertThat(span).extracting(TraceObservation::getParentSpanId).isNull();
    }

    @Test
    void shouldLeadFromTheClientSpansOfATransactionToIt() {
        BackendEvent event = call(1, 3, OWN, CALL, PARENT);
        event.setClientSpanIds(List.of(span(INNER), span(CALL), "none"));

        List<TraceObservation> edges = ClaimObservations.calls(claim(event));

        assertThat(edges).singleElement().satisfies(edge -> {
            assertThat(edge.getTraceId()).isEqualTo(Ids.parse(id(OWN)));
            assertThat(edge.getSpanId()).isEqualTo(Ids.parseSpan(span(INNER)));
            assertThat(edge.getParentSpanId()).isEqualTo(Ids.parseSpan(span(CALL)));
            assertThat(edge.getCall()).isFalse();
            assertThat(edge.getRoot()).isFalse();
            assertThat(edge.getTeaches()).isFalse();
            assertThat(edge.getClient()).isFalse();
        });
    }

    @Test
    void shouldTakeTheClientSpansOfAPageForOnesOfAClient() {
        BackendEvent event = page(1, 3, OWN, CALL);
        event.setClientSpanIds(List.of(span(INNER)));

        assertThat(ClaimObservations.calls(claim(event)))
                .extracting(TraceObservation::getClient)
                .containsExactly(true);
    }

    @Test
    void shouldMakeNoEdgesOfATransactionThatIsNoSpan() {
        BackendEvent event = call(1, 3, OWN, CALL, PARENT);
        event.setSpanId(null);
        event.setClientSpanIds(List.of(span(INNER)));

        assertThat(ClaimObservations.calls(claim(event))).isEmpty();
    }

    private List<String> observed(BackendEvent event) {
        return ClaimObservations.ofNamed(claim(event)).stream()
                .map(seen -> (seen.getTeaches() ? "teaches " : "shows ")
                        + Ids.hex(seen.getTraceId())
                        + part(" span ", seen.getSpanId())
                        + part(" under ", seen.getParentSpanId()))
                .toList();
    }

    private static String part(String name, @Nullable SpanId span) {
        return span == null ? "" : name + Ids.hex(span);
    }

    private Claim claim(BackendEvent event) {
        return Objects.requireNonNull(reader.read(event, at(3)));
    }
}
