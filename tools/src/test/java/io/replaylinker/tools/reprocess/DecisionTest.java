package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.tools.reprocess.Change.Kind;
import io.replaylinker.topology.join.LinkVersion;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R and S are replays, and all is about one event. */
class DecisionTest {

    private static final Id EVENT = id(0xe);
    private static final Id R = id(0xa);
    private static final Id S = id(0xb);
    private static final int RULES = 1;

    @Test
    void shouldAddALinkThatIsMissing() {
        Change change = decide(found(link(R, 0, 50)), List.of(), null, true);

        assertThat(change.kind()).isEqualTo(Kind.ADDED);
        assertThat(change.links()).singleElement().satisfies(link -> {
            assertThat(link.getReplayId()).isEqualTo(R);
            assertThat(LinkVersion.of(link.getVersion()).knowledge()).isEqualTo(50);
        });
    }

    @Test
    void shouldAddALinkEvenWhenNotAllWasSeen() {
        assertThat(decide(found(link(R, 0, 50)), List.of(), null, false).kind()).isEqualTo(Kind.ADDED);
    }

    /** The worker counted its own changes of mind, in another order: what it still says must not stand below. */
    @Test
    void shouldAddALinkBelowAllThatTheWorkerMayEmitLater() {
        Link found = link(R, RULES, 50);
        found.setVersion(new LinkVersion(RULES, 3, 50).value());

        Change change = decide(found(found), List.of(), null, true);

        assertThat(change.links().get(0).getVersion()).isLessThan(new LinkVersion(RULES, 1, 0).value());
    }

    @Test
    void shouldPublishNothingOfALinkThatIsThere() {
        Change change = decide(found(link(R, RULES, 50)), List.of(link(R, RULES, 70)), "LINKED", true);

        assertThat(change.kind()).isEqualTo(Kind.SAME);
        assertThat(change.links()).isEmpty();
    }

    @Test
    void shouldRetractTheOtherLinkForABetterOne() {
        Link current = link(S, RULES, 70);

        Change change = decide(found(link(R, RULES, 50)), List.of(current), "LINKED", true);

        assertThat(change.kind()).isEqualTo(Kind.CHANGED);
        assertThat(change.links())
                .satisfiesExactly(
                        taken -> {
                            assertThat(taken.getReplayId()).isEqualTo(S);
                            assertThat(taken.getDeleted()).isTrue();
                            assertThat(taken.getVersion()).isGreaterThan(current.getVersion());
                        },
                        added -> assertThat(added.getReplayId()).isEqualTo(R));
    }

    @Test
    void shouldRetractTheSecondOfTwoLinks() {
        Change change = decide(found(link(R, RULES, 50)), List.of(link(R, RULES, 50), link(S, 0, 9)), "LINKED", true);

        assertThat(change.kind()).isEqualTo(Kind.CHANGED);
        assertThat(change.links()).singleElement().satisfies(taken -> {
            assertThat(taken.getReplayId()).isEqualTo(S);
            assertThat(taken.getDeleted()).isTrue();
        });
    }

    @Test
    void shouldKeepTheOtherLinkWhenNotAllWasSeen() {
        Change change = decide(found(link(R, RULES, 50)), List.of(link(S, 0, 9)), "LINKED", false);

        assertThat(change.kind()).isEqualTo(Kind.KEPT);
        assertThat(change.links()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = UnlinkedReason.class,
            names = {"REPLAY_NOT_SEEN", "TRACE_NOT_SEEN", "BUFFER_NOT_SENT", "NO_EVIDENCE", "UNKNOWN"})
    void shouldNotRetractWhatItHasOnlyNotSeen(UnlinkedReason reason) {
        assertThat(decide(none(reason), List.of(link(R, RULES, 50)), "LINKED", true)
                        .kind())
                .isEqualTo(Kind.KEPT);
    }

    @ParameterizedTest
    @EnumSource(
            value = UnlinkedReason.class,
            names = {
                "UNRECORDED_VISIT",
                "SHARED_TRACE",
                "OUTSIDE_REPLAY",
                "USER_MISMATCH",
                "TENANT_MISMATCH",
                "ARCHIVED"
            })
    void shouldRetractWhatItHasSeenToBeWrong(UnlinkedReason reason) {
        Change change = decide(none(reason), List.of(link(R, RULES, 50)), "LINKED", true);

        assertThat(change.kind()).isEqualTo(Kind.RETRACTED);
        assertThat(change.links()).singleElement().satisfies(taken -> assertThat(taken.getDeleted())
                .isTrue());
        assertThat(change.unlinked()).isNotNull();
        assertThat(decide(none(reason), List.of(link(R, RULES, 50)), "LINKED", false)
                        .kind())
                .isEqualTo(Kind.KEPT);
    }

    @Test
    void shouldRetractWhatOlderRulesHadLinked() {
        Change change = decide(none(UnlinkedReason.REPLAY_NOT_SEEN), List.of(link(R, RULES - 1, 50)), "LINKED", true);

        assertThat(change.kind()).isEqualTo(Kind.RETRACTED);
        assertThat(LinkVersion.of(change.links().get(0).getVersion()).rules()).isEqualTo(RULES);
    }

    /** An event that claimed no replay: only the retraction of its link is published. */
    @Test
    void shouldRetractWhatOlderRulesHadLinkedByTrace() {
        Change change = decide(none(null), List.of(link(R, RULES - 1, 50)), "LINKED", true);

        assertThat(change.kind()).isEqualTo(Kind.RETRACTED);
        assertThat(change.unlinked()).isNull();
    }

    @Test
    void shouldLetNewerRulesChangeTheSameLink() {
        Link current = link(R, RULES - 1, 90);
        Link found = link(R, RULES, 50);
        found.setConfidence(0.6);

        Change change = decide(found(found), List.of(current), "LINKED", true);

        assertThat(change.kind()).isEqualTo(Kind.CHANGED);
        assertThat(change.links().get(0).getVersion()).isGreaterThan(current.getVersion());
    }

    @Test
    void shouldKeepALinkThatWasMadeOfMore() {
        Link found = link(R, RULES, 50);
        found.setReplayProjectId(99);

        assertThat(decide(found(found), List.of(link(R, RULES, 90)), "LINKED", true)
                        .kind())
                .isEqualTo(Kind.KEPT);
    }

    @Test
    void shouldNotMoveTheStartOfAReplayToLater() {
        Link found = link(R, RULES, 99);
        found.setReplayStartedMs(5_000);

        assertThat(decide(found(found), List.of(link(R, RULES, 90)), "LINKED", true)
                        .kind())
                .isEqualTo(Kind.KEPT);
    }

    @Test
    void shouldLinkAgainWhatWasRetractedByLessKnowledge() {
        Link retracted = link(R, RULES, 40);
        retracted.setDeleted(true);

        Change change = decide(found(link(R, RULES, 50)), List.of(retracted), "TAKEN_BACK", true);

        assertThat(change.kind()).isEqualTo(Kind.ADDED);
        assertThat(change.links().get(0).getVersion()).isGreaterThan(retracted.getVersion());
    }

    @Test
    void shouldNotLinkAgainWhatWasRetractedByMore() {
        Link retracted = link(R, RULES, 90);
        retracted.setDeleted(true);

        assertThat(decide(found(link(R, RULES, 50)), List.of(retracted), "TAKEN_BACK", true)
                        .kind())
                .isEqualTo(Kind.KEPT);
    }

    @Test
    void shouldNeverTouchAnEventThatWasDeleted() {
        Link deleted = link(S, RULES, 1);
        deleted.setDeleted(true);
        deleted.setVersion(LinkVersion.FINAL);

        assertThat(decide(found(link(R, RULES, 50)), List.of(deleted), "DELETED", true)
                        .kind())
                .isEqualTo(Kind.SAME);
    }

    @Test
    void shouldExplainOnlyWhatIsNotExplainedSo() {
        Verdict verdict = none(UnlinkedReason.REPLAY_NOT_SEEN);

        assertThat(decide(verdict, List.of(), null, true).kind()).isEqualTo(Kind.EXPLAINED);
        assertThat(decide(verdict, List.of(), "SHARED_TRACE", true).kind()).isEqualTo(Kind.EXPLAINED);
        assertThat(decide(verdict, List.of(), "REPLAY_NOT_SEEN", true).kind()).isEqualTo(Kind.SAME);
        assertThat(decide(verdict, List.of(), null, false).kind()).isEqualTo(Kind.SAME);
    }

    private static Change decide(Verdict verdict, List<Link> current, @Nullable String outcome, boolean sure) {
        return new Decision(verdict, current, outcome, sure, RULES).change();
    }

    private static Verdict found(Link link) {
        return new Verdict(1_000, 22, EVENT, false, link, null);
    }

    private static Verdict none(@Nullable UnlinkedReason reason) {
        Unlinked unlinked = null;
        if (reason != null) {
            unlinked = new Unlinked();
            unlinked.setEvent(event());
            unlinked.setMethod(Method.REPLAY_ID);
            unlinked.setReason(reason);
        }
        return new Verdict(1_000, 22, EVENT, false, null, unlinked);
    }

    private static Link link(Id replay, int rules, long knowledge) {
        Link link = new Link();
        link.setEvent(event());
        link.setReplayId(replay);
        link.setReplayProjectId(11);
        link.setReplayStartedMs(500);
        link.setRetentionDays(90);
        link.setMethod(Method.TRACE);
        link.setConfidence(0.9);
        link.setInSession(true);
        link.setConfirmed(true);
        link.setLinkedAtMs(1_000 + knowledge);
        link.setVersion(new LinkVersion(rules, 0, knowledge).value());
        return link;
    }

    private static EventSummary event() {
        EventSummary event = new EventSummary();
        event.setEventId(EVENT);
        event.setOrganizationId(1);
        event.setProjectId(22);
        event.setType("error");
        event.setLevel("error");
        event.setClientSpanIds(List.of());
        event.setTimestampMs(900);
        event.setReceivedMs(1_000);
        return event;
    }

    private static Id id(int digit) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) digit);
        return new Id(bytes);
    }
}
