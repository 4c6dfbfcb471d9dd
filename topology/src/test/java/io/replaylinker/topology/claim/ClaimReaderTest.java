package io.replaylinker.topology.claim;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Method;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        assertThat(oddities).containsExactly("disagree", "disagree", "disagree");
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

        assertThat(method()).isEqualTo(Method.TRACE);
        assertThat(oddities).isEmpty();
    }

    @Test
    void shouldTakeAMalformedIdForNoneAndSaySo() {
        event.setReplayId("not-an-id");
        event.setTraceId(id(7));

        assertThat(method()).isEqualTo(Method.TRACE);
        assertThat(oddities).containsExactly("malformed replay id");
    }

    @Test
    void shouldTakeTheFourthPartOfSentryTraceForAFlag() {
        event.setSentryTrace(id(7) + "-00000000000000b7-1-01");

        Claim claim = read(ClaimSettings.defaults());

        assertThat(claim).isNotNull();
        assertThat(claim.getMethod()).isEqualTo(Method.FLAG);
        assertThat(Ids.hex(claim.getEvent().getTraceId())).isEqualTo(id(7));
    }

    @Test
    void shouldTakeHasReplayWithATraceForAFlag() {
        event.setHasReplay(true);
        event.setTraceId(id(7));

        assertThat(method()).isEqualTo(Method.FLAG);
    }

    @Test
    void shouldNotTakeAFlagWithoutATraceForAClaim() {
        event.setHasReplay(true);

        assertThat(read(ClaimSettings.defaults())).isNull();
    }

    @Test
    void shouldReadTheTraceFromTheFirstPlaceThatHasOne() {
        event.setTraceparent("00-" + id(8) + "-00000000000000b7-01");
        event.setBaggage("sentry-trace_id=" + id(9));
        assertThat(traceRead()).isEqualTo(id(8));

        event.setSentryTrace(id(7) + "-00000000000000b7");
        assertThat(traceRead()).isEqualTo(id(7));

        event.setTraceId(id(6));
        assertThat(traceRead()).isEqualTo(id(6));
    }

    @Test
    void shouldReadTheTraceFromBaggageWhenThereIsNothingElse() {
        event.setBaggage("sentry-trace_id=" + id(9));

        assertThat(traceRead()).isEqualTo(id(9));
    }

    @Test
    void shouldMakeTheNextStrongestClaimWhereAKindIsSwitchedOff() {
        event.setReplayId(id(1));
        event.setHasReplay(true);
        event.setTraceId(id(7));
        Set<Method> noId = Set.of(Method.FLAG, Method.TRACE);

        assertThat(read(new ClaimSettings(noId, Map.of())))
                .extracting(Claim::getMethod)
                .isEqualTo(Method.FLAG);
        assertThat(read(new ClaimSettings(noId, Map.of(Samples.API, Set.of(Method.TRACE)))))
                .extracting(Claim::getMethod)
                .isEqualTo(Method.TRACE);
        assertThat(read(new ClaimSettings(noId, Map.of(Samples.API, Set.of())))).isNull();
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
        return new ClaimReader(settings, new Listening()).read(event, at(3));
    }

    private @Nullable Method method() {
        Claim claim = read(ClaimSettings.defaults());
        return claim == null ? null : claim.getMethod();
    }

    private @Nullable String replayRead() {
        Claim claim = read(ClaimSettings.defaults());
        return claim == null || claim.getReplayId() == null ? null : Ids.hex(claim.getReplayId());
    }

    private @Nullable String traceRead() {
        Claim claim = read(ClaimSettings.defaults());
        return claim == null ? null : Ids.hex(claim.getEvent().getTraceId());
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
