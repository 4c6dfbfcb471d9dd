package io.replaylinker.topology.claim;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimReaderTest {

    private final List<String> oddities = new ArrayList<>();
    private final BackendEvent event = error(1, 3);

    @Test
    void shouldReadTheReplayContextFirst() {
        event.setReplayId(id(1));
        event.setDscReplayId(id(2));
        event.setBaggage("sentry-replay_id=" + id(3));
        event.setReplayTag(id(4));

        assertThat(replayRead()).isEqualTo(id(1));
        assertThat(oddities).containsExactly("disagree");
    }

    @Test
    void shouldReadTheSamplingContextSecond() {
        event.setDscReplayId(id(2));
        event.setBaggage("sentry-replay_id=" + id(3));

        assertThat(replayRead()).isEqualTo(id(2));
    }

    @Test
    void shouldReadTheBaggageThird() {
        event.setBaggage("other=1,sentry-replay_id=" + id(3) + ",sentry-trace_id=" + id(9));
        event.setReplayTag(id(4));

        assertThat(replayRead()).isEqualTo(id(3));
    }

    @Test
    void shouldReadTheTagLast() {
        event.setReplayTag(" " + id(4).toUpperCase(Locale.ROOT) + " ");

        assertThat(replayRead()).isEqualTo(id(4));
        assertThat(oddities).isEmpty();
    }

    @Test
    void shouldTakeTheNilIdForNone() {
        event.setReplayId("00000000-0000-0000-0000-000000000000");
        event.setTraceId(id(7));

        assertThat(replayRead()).isNull();
        assertThat(oddities).isEmpty();
    }

    @Test
    void shouldTakeAMalformedIdForNoneAndReportIt() {
        event.setReplayId("not-an-id");
        event.setTraceId(id(7));

        assertThat(replayRead()).isNull();
        assertThat(oddities).containsExactly("malformed replay id");
    }

    @Test
    void shouldReadTheAttributeBeforeTheFeedbackAndBothBeforeTheBaggage() {
        event.setBaggage("sentry-replay_id=" + id(3));
        event.setFeedbackReplayId(id(2));
        assertThat(replayRead()).isEqualTo(id(2));

        event.setAttributeReplayId(id(1));
        assertThat(replayRead()).isEqualTo(id(1));
    }

    @Test
    void shouldTakeTheFourthPartOfSentryTraceForAFlag() {
        event.setSentryTrace(id(7) + "-00000000000000b7-1-01");

        assertThat(claim().getFlagged()).isTrue();
        assertThat(lookups()).containsExactly(id(7) + "[00000000000000b7]");
    }

    @Test
    void shouldTakeHasReplayForAFlag() {
        event.setHasReplay(true);

        assertThat(claim().getFlagged()).isTrue();
    }

    @Test
    void shouldSeeNoEvidenceInAServersEventWithNeitherIdNorTrace() {
        event.setHasReplay(true);

        assertThat(ClaimReader.hasEvidence(claim())).isFalse();
    }

    @Test
    void shouldLookOnTheTraceOfTheHeadersFirst() {
        event.setTraceId(id(6));
        event.setSpanId("00000000000000a1");
        event.setParentSpanId("00000000000000a2");
        event.setSentryTrace(id(7) + "-00000000000000b7");

        assertThat(lookups())
                .containsExactly(id(7) + "[00000000000000b7]", id(6) + "[00000000000000a1, 00000000000000a2]");
    }

    @Test
    void shouldClimbFromTheCallerLastWhereTheHeadersNameTheOwnTrace() {
        event.setTraceId(id(7));
        event.setSpanId("00000000000000a1");
        event.setSentryTrace(id(7) + "-00000000000000b7");

        assertThat(lookups()).containsExactly(id(7) + "[00000000000000a1, 00000000000000b7]");
    }

    @Test
    void shouldStartAboveACallItself() {
        event.setType("transaction");
        event.setTraceId(id(7));
        event.setSpanId("00000000000000a1");
        event.setParentSpanId("00000000000000a2");

        assertThat(lookups()).containsExactly(id(7) + "[00000000000000a2]");
    }

    @Test
    void shouldReadTheHeadersTraceFromTheFirstPlaceThatHasOne() {
        event.setTraceparent("00-" + id(8) + "-00000000000000b8-01");
        assertThat(lookups()).containsExactly(id(8) + "[00000000000000b8]");

        event.setBaggage("sentry-trace_id=" + id(9));
        assertThat(lookups()).containsExactly(id(9) + "[]");

        event.setSentryTrace(id(7) + "-00000000000000b7");
        assertThat(lookups()).containsExactly(id(7) + "[00000000000000b7]");
    }

    @Test
    void shouldTakeATraceThatIsMadeOfTheEventsIdForNone() {
        event.setTraceId(event.getEventId());

        assertThat(lookups()).isEmpty();
    }

    @Test
    void shouldLetAnIdOfTheBaggageTeachTheTraceOfTheBaggageAlone() {
        event.setTraceId(id(6));
        event.setSentryTrace(id(7) + "-00000000000000b7");
        event.setBaggage("sentry-replay_id=" + id(1) + ",sentry-trace_id=" + id(9));

        assertThat(taught()).containsExactly(id(9));
    }

    @Test
    void shouldLetAnIdOfTheEventTeachTheTraceThatItsRequestCameOn() {
        event.setReplayId(id(1));
        event.setTraceId(id(6));
        assertThat(taught()).containsExactly(id(6));

        event.setSentryTrace(id(7) + "-00000000000000b7");
        assertThat(taught()).containsExactly(id(7));
    }

    @Test
    void shouldTeachNothingByAnIdOfABaggageWithoutAnyTrace() {
        event.setBaggage("sentry-replay_id=" + id(1));
        event.setTraceId(id(6));

        assertThat(replayRead()).isEqualTo(id(1));
        assertThat(taught()).isEmpty();
    }

    @Test
    void shouldLetARecorderNameClientsErrorsOnly() {
        assertThat(claim().getByEvent()).isFalse();

        event.setPlatform("javascript");
        assertThat(claim().getByEvent()).isTrue();

        event.setReplayId(id(1));
        assertThat(claim().getByEvent()).isFalse();
    }

    @Test
    void shouldNotUseAnIdWhereThatIsSwitchedOff() {
        event.setReplayId(id(1));
        event.setTraceId(id(7));
        Set<Method> noId = Set.of(Method.TRACE);

        assertThat(read(new ClaimSettings(noId, Map.of())))
                .extracting(Claim::getReplayId)
                .isNull();
        assertThat(read(new ClaimSettings(noId, Map.of(Samples.API, Set.of(Method.REPLAY_ID)))))
                .extracting(Claim::getReplayId)
                .isNotNull();
    }

    @Test
    void shouldNotBelieveAReceiveTimeThatIsAheadOfTheRecord() {
        event.setTraceId(id(7));
        event.setReceivedMs(at(3) + 86_400_000L);
        event.setTimestampMs(at(3) + 86_400_000L);

        Claim claim = read(ClaimSettings.defaults());

        assertThat(claim).isNotNull();
        assertThat(claim.getEvent().getReceivedMs()).isEqualTo(at(3) + EventTime.SKEW_MS);
        assertThat(claim.getEvent().getTimestampMs()).isEqualTo(at(3) + EventTime.SKEW_MS);
    }

    @Test
    void shouldUseTheRecordsTimeWhereTheEventHasNone() {
        event.setTraceId(id(7));
        event.setReceivedMs(-1L);
        event.setTimestampMs(0);

        Claim claim = read(ClaimSettings.defaults());

        assertThat(claim).isNotNull();
        assertThat(claim.getEvent().getReceivedMs()).isEqualTo(at(3));
        assertThat(claim.getEvent().getTimestampMs()).isEqualTo(at(3));
    }

    private @Nullable Claim read(ClaimSettings settings) {
        return new ClaimReader(settings, new UserHashes(new byte[] {1}), new Listening()).read(event, at(3));
    }

    private Claim claim() {
        return Objects.requireNonNull(read(ClaimSettings.defaults()));
    }

    /** Each trace with the spans above the event. */
    private List<String> lookups() {
        return claim().getLookups().stream()
                .map(lookup -> Ids.hex(lookup.getTraceId())
                        + lookup.getParents().stream().map(Ids::hex).toList())
                .toList();
    }

    private List<String> taught() {
        return ClaimObservations.ofNamed(claim()).stream()
                .filter(TraceObservation::getTeaches)
                .map(taught -> Ids.hex(taught.getTraceId()))
                .toList();
    }

    private @Nullable String replayRead() {
        Claim claim = read(ClaimSettings.defaults());
        return claim == null || claim.getReplayId() == null ? null : Ids.hex(claim.getReplayId());
    }

    private final class Listening implements ClaimOddities {
        @Override
        public void malformedReplayId() {
            oddities.add("malformed replay id");
        }

        @Override
        public void malformedTraceId() {
            oddities.add("malformed trace id");
        }

        @Override
        public void replayIdsDisagree() {
            oddities.add("disagree");
        }
    }
}
