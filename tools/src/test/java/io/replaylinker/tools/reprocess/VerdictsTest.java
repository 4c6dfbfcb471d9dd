package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events are named by the digit that their ids are made of, and R and S are replays. */
class VerdictsTest {

    private static final Id R = id(0xa);
    private static final Id S = id(0xb);

    private final Verdicts verdicts =
            new Verdicts(new Range(Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(2_000), Map.of()));

    @Test
    void shouldKeepTheLatestOutputOfEachLink() {
        claim(event(1, 10));
        verdicts.link(link(event(1, 10), R, 1, false));
        verdicts.link(link(event(1, 10), R, 2, false));
        verdicts.link(link(event(1, 10), S, 3, false));
        verdicts.link(link(event(1, 10), S, 4, true));

        assertThat(all()).singleElement().satisfies(verdict -> assertThat(verdict.link())
                .isEqualTo(link(event(1, 10), R, 2, false)));
    }

    @Test
    void shouldReturnTheNewestOfSeveralLinksThatHold() {
        claim(event(1, 10));
        verdicts.link(link(event(1, 10), S, 5, false));
        verdicts.link(link(event(1, 10), R, 4, false));

        assertThat(all()).singleElement().satisfies(verdict -> assertThat(verdict.link())
                .isEqualTo(link(event(1, 10), S, 5, false)));
    }

    @Test
    void shouldReportWhyThereIsNoLinkOnlyWhereThereIsNone() {
        claim(event(1, 10));
        claim(event(2, 20));
        claim(event(3, 30));
        verdicts.unlinked(unlinked(event(1, 10)));
        verdicts.link(link(event(1, 10), R, 1, false));
        verdicts.link(link(event(2, 20), R, 1, false));
        verdicts.unlinked(unlinked(event(2, 20)));
        verdicts.link(link(event(2, 20), R, 2, true));

        assertThat(all())
                .satisfiesExactly(
                        linked -> {
                            assertThat(linked.link()).isNotNull();
                            assertThat(linked.unlinked()).isNull();
                        },
                        retracted -> {
                            assertThat(retracted.link()).isNull();
                            assertThat(retracted.unlinked()).isEqualTo(unlinked(event(2, 20)));
                        },
                        neither -> {
                            assertThat(neither.link()).isNull();
                            assertThat(neither.unlinked()).isNull();
                        });
    }

    /** The tables are asked by receive time. */
    @Test
    void shouldHandOverSomeAtATimeInTheOrderOfReceiveTimes() {
        EventSummary occurrence = event(1, 30);
        occurrence.setOccurrence(true);
        List.of(event(3, 10), event(2, 20), occurrence, event(1, 30), event(0xf, 5))
                .forEach(this::claim);
        List<List<String>> parts = new ArrayList<>();

        verdicts.each(2, some -> parts.add(some.stream().map(Verdict::key).toList()));

        assertThat(parts)
                .containsExactly(List.of(key(0xf), key(3)), List.of(key(2), key(1)), List.of(key(1) + "/occurrence"));
    }

    @Test
    void shouldLeaveOutWhatIsNotMeant() {
        verdicts.next(false);
        verdicts.claimed(event(1, 10));
        verdicts.link(link(event(1, 10), R, 1, false));
        verdicts.unlinked(unlinked(event(2, 10)));

        assertThat(all()).isEmpty();
    }

    @Test
    void shouldKeepTheLatestOutputOfEachReplayOfTheRange() {
        verdicts.replayState(replayState(R, 900, 1_000));
        verdicts.replayState(replayState(R, 900, 1_100));
        verdicts.replayState(replayState(S, 2_000, 2_100));
        List<ReplayState> replayStates = new ArrayList<>();

        verdicts.eachReplayState(10, replayStates::addAll);

        assertThat(replayStates).containsExactly(replayState(R, 900, 1_100));
    }

    private List<Verdict> all() {
        List<Verdict> all = new ArrayList<>();
        verdicts.each(10, all::addAll);
        return all;
    }

    private void claim(EventSummary event) {
        verdicts.next(true);
        verdicts.claimed(event);
    }

    private static String key(int digit) {
        return "22/" + "%02x".formatted(digit).repeat(16);
    }

    private static EventSummary event(int digit, long receivedMs) {
        EventSummary event = new EventSummary();
        event.setEventId(id(digit));
        event.setOrganizationId(1);
        event.setProjectId(22);
        event.setType("error");
        event.setLevel("error");
        event.setClientSpanIds(List.of());
        event.setTimestampMs(receivedMs);
        event.setReceivedMs(receivedMs);
        return event;
    }

    private static Link link(EventSummary event, Id replay, long version, boolean deleted) {
        Link link = new Link();
        link.setEvent(event);
        link.setReplayId(replay);
        link.setReplayProjectId(11);
        link.setMethod(Method.TRACE);
        link.setVersion(version);
        link.setDeleted(deleted);
        return link;
    }

    private static Unlinked unlinked(EventSummary event) {
        Unlinked unlinked = new Unlinked();
        unlinked.setEvent(event);
        unlinked.setMethod(Method.TRACE);
        unlinked.setReason(UnlinkedReason.SHARED_TRACE);
        return unlinked;
    }

    private static ReplayState replayState(Id replay, long startedMs, long lastSeenMs) {
        ReplayState replayState = new ReplayState();
        replayState.setReplayId(replay);
        replayState.setOrganizationId(1);
        replayState.setProjectId(11);
        replayState.setStartedMs(startedMs);
        replayState.setLastSeenMs(lastSeenMs);
        return replayState;
    }

    private static Id id(int digit) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) digit);
        return new Id(bytes);
    }
}
