package io.replaylinker.topology.claim;

import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.serdes.Ids;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The headers name trace 7 in sentry-trace, 8 in traceparent, 9 in the baggage, with the replay a. */
class RequestTraceTest {

    private static final String SENTRY_TRACE = id(7) + "-" + span(0x17);
    private static final String TRACEPARENT = "00-" + id(8) + "-" + span(0x18) + "-01";
    private static final String BAGGAGE = "sentry-trace_id=" + id(9) + ",sentry-replay_id=" + id(0xa);
    private static final String BAGGAGE_WITHOUT_TRACE = "sentry-replay_id=" + id(0xa);

    private final BackendEvent event = new BackendEvent();

    @Test
    void shouldBeNothingWithoutHeaders() {
        assertThat(RequestTrace.of(event)).isEqualTo(new RequestTrace(null, null, null, null, false));
    }

    @Test
    void shouldBelieveSentryTraceOfTheTraceAndTheBaggageOfItsReplay() {
        event.setSentryTrace(SENTRY_TRACE);
        event.setTraceparent(TRACEPARENT);
        event.setBaggage(BAGGAGE);

        assertThat(RequestTrace.of(event))
                .isEqualTo(new RequestTrace(trace(7), caller(0x17), id(0xa), trace(9), false));
    }

    @Test
    void shouldGiveAReplayOfABaggageWithoutTraceToTheTraceOfSentryTrace() {
        event.setSentryTrace(SENTRY_TRACE);
        event.setTraceparent(TRACEPARENT);
        event.setBaggage(BAGGAGE_WITHOUT_TRACE);

        assertThat(RequestTrace.of(event))
                .isEqualTo(new RequestTrace(trace(7), caller(0x17), id(0xa), trace(7), false));
    }

    @Test
    void shouldGiveAReplayOfABaggageWithoutTraceToTheTraceOfTraceparentElse() {
        event.setTraceparent(TRACEPARENT);
        event.setBaggage(BAGGAGE_WITHOUT_TRACE);

        assertThat(RequestTrace.of(event))
                .isEqualTo(new RequestTrace(trace(8), caller(0x18), id(0xa), trace(8), false));
    }

    @Test
    void shouldGiveAReplayToNoTraceWhereNoHeaderNamesOne() {
        event.setSentryTrace("none");
        event.setTraceparent("00-none");
        event.setBaggage(BAGGAGE_WITHOUT_TRACE);

        assertThat(RequestTrace.of(event)).isEqualTo(new RequestTrace(null, null, id(0xa), null, false));
    }

    @Test
    void shouldBelieveTheBaggageOfTheTraceBeforeTraceparent() {
        event.setTraceparent(TRACEPARENT);
        event.setBaggage(BAGGAGE);

        // The caller of traceparent is on another trace, and so is none.
        assertThat(RequestTrace.of(event)).isEqualTo(new RequestTrace(trace(9), null, id(0xa), trace(9), false));
    }

    @Test
    void shouldTakeTheCallerOfTraceparentWhereBothNameOneTrace() {
        event.setTraceparent("00-" + id(9) + "-" + span(0x18) + "-01");
        event.setBaggage(BAGGAGE);

        assertThat(RequestTrace.of(event).spanId()).isEqualTo(caller(0x18));
    }

    @Test
    void shouldTakeALoneTraceIdForATraceWithoutCaller() {
        event.setSentryTrace(id(7) + "-");
        event.setTraceparent("00-" + id(7) + "-" + span(0x18) + "-01");

        assertThat(RequestTrace.of(event)).isEqualTo(new RequestTrace(trace(7), null, null, trace(7), false));
    }

    @Test
    void shouldReadTheFlagOfARecordingCaller() {
        event.setSentryTrace(SENTRY_TRACE + "-1-01");
        assertThat(RequestTrace.of(event).hasReplay()).isTrue();

        event.setSentryTrace(SENTRY_TRACE + "-1-00");
        assertThat(RequestTrace.of(event).hasReplay()).isFalse();
    }

    @Test
    void shouldTakeTheLastOfSeveralValuesOfTheBaggage() {
        event.setBaggage(BAGGAGE + ",sentry-replay_id=" + id(0xb) + ",sentry-trace_id=" + id(6));

        assertThat(RequestTrace.of(event)).isEqualTo(new RequestTrace(trace(6), null, id(0xb), trace(6), false));
    }

    private static Id trace(int number) {
        return Objects.requireNonNull(Ids.parse(id(number)));
    }

    private static SpanId caller(int number) {
        return Objects.requireNonNull(Ids.parseSpan(span(number)));
    }
}
