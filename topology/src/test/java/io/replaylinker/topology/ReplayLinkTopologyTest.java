package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.flagged;
import static io.replaylinker.topology.Samples.frontend;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayLinkTopologyTest {

    private static final int REPLAY = 0xa;
    private static final int OTHER_REPLAY = 0xb;
    private static final int TRACE = 0x7;

    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldLinkByIdWhenTheReplayWasSeenBefore() {
        pipeline.segment(segment(REPLAY, 0, 0, 5)).event(named(error(1, 7), REPLAY));

        Link link = pipeline.linksTold().get(0);
        assertThat(link.getMethod()).isEqualTo(Method.REPLAY_ID);
        assertThat(link.getConfidence()).isEqualTo(1.0);
        assertThat(link.getReplayProjectId()).isEqualTo(Samples.WEB);
        assertThat(link.getReplayStartedMs()).isEqualTo(at(0));
        assertThat(link.getLinkedAtMs()).isEqualTo(at(7));
        assertThat(link.getConfirmed()).isTrue();
        assertThat(link.getInSession()).isTrue();
    }

    @Test
    void shouldLinkByIdWhenTheReplayIsSeenAfterwards() {
        pipeline.event(named(error(1, 3), REPLAY)).segment(segment(REPLAY, 0, 0, 9));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.linksTold().get(0).getLinkedAtMs()).isEqualTo(at(9));
    }

    @Test
    void shouldLinkByFlagWhenASegmentListsTheTrace() {
        pipeline.event(flagged(error(1, 3, TRACE))).segment(segment(REPLAY, 0, 0, 9, TRACE));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        Link link = pipeline.linksTold().get(0);
        assertThat(link.getMethod()).isEqualTo(Method.FLAG);
        assertThat(link.getConfidence()).isEqualTo(0.9);
    }

    @Test
    void shouldLinkByTraceAloneInBothOrders() {
        pipeline.event(error(1, 3, TRACE))
                .segment(segment(REPLAY, 0, 0, 9, TRACE))
                .event(error(2, 10, TRACE));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY, 2, REPLAY));
        assertThat(pipeline.linksTold()).allMatch(link -> link.getMethod() == Method.TRACE);
    }

    @Test
    void shouldLearnFromAnEventThatCarriesBothIds() {
        pipeline.event(error(1, 3, TRACE))
                .event(named(error(2, 4, TRACE), REPLAY))
                .segment(segment(REPLAY, 0, 0, 9));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY, 2, REPLAY));
    }

    @Test
    void shouldNotTakeAnEventForProofOfAReplay() {
        pipeline.event(error(1, 3, TRACE))
                .event(named(error(2, 4, TRACE), REPLAY))
                .endOfInput();

        assertThat(pipeline.links()).isEmpty();
        assertThat(pipeline.unlinked()).singleElement().satisfies(unlinked -> assertThat(unlinked.getReason())
                .isEqualTo(UnlinkedReason.REPLAY_NOT_SEEN));
        assertThat(pipeline.windowsClosed()).isTrue();
    }

    @Test
    void shouldTellEachLinkOnceWhateverIsRepeated() {
        BackendEvent event = named(error(1, 3, TRACE), REPLAY);
        ReplaySegment segment = segment(REPLAY, 0, 0, 9, TRACE);

        pipeline.event(event).segment(segment).event(event).segment(segment);
        pipeline.segment(segment(REPLAY, 1, 0, 14, TRACE)).event(event);

        assertThat(pipeline.linksTold()).hasSize(1);
    }

    @Test
    void shouldUseTheProjectOfSegmentZeroWhateverCameFirst() {
        ReplaySegment stray = segment(REPLAY, 3, 0, 5);
        stray.setProjectId(99L);

        pipeline.event(named(error(1, 3), REPLAY)).segment(stray).segment(segment(REPLAY, 0, 0, 9));

        Link last = pipeline.linksTold().get(pipeline.linksTold().size() - 1);
        assertThat(last.getReplayProjectId()).isEqualTo(Samples.WEB);
        assertThat(last.getVersion()).isGreaterThan(pipeline.linksTold().get(0).getVersion());
    }

    @Test
    void shouldPreferTheReplayThatHoldsTheEvent() {
        pipeline.segment(segment(REPLAY, 0, 0, 20, TRACE))
                .event(error(1, 60, TRACE))
                .segment(segment(OTHER_REPLAY, 0, 50, 70, TRACE));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, OTHER_REPLAY));
        Link last = pipeline.linksTold().get(pipeline.linksTold().size() - 1);
        assertThat(last.getConfidence()).isEqualTo(0.6);
    }

    @Test
    void shouldLinkNothingWhenTwoReplaysHoldTheEvent() {
        pipeline.segment(segment(REPLAY, 0, 0, 20, TRACE))
                .event(flagged(error(1, 10, TRACE)))
                .segment(segment(OTHER_REPLAY, 0, 5, 25, TRACE))
                .endOfInput();

        assertThat(pipeline.links()).isEmpty();
        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.AMBIGUOUS);
    }

    @Test
    void shouldNotLinkByASharedTraceButStillById() {
        for (int visitor = 0; visitor < 12; visitor++) {
            pipeline.segment(segment(0x100 + visitor, 0, visitor * 100, visitor * 100 + 5, TRACE));
        }
        pipeline.event(flagged(error(1, 103, TRACE)))
                .event(named(error(2, 203, TRACE), 0x102))
                .endOfInput();

        assertThat(pipeline.links()).isEqualTo(Map.of(2, 0x102));
        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.SHARED_TRACE);
    }

    @Test
    void shouldTakeBackWhatWasLinkedBeforeTheTraceTurnedOutShared() {
        pipeline.event(error(1, 3, TRACE));
        for (int visitor = 0; visitor < 12; visitor++) {
            pipeline.segment(segment(0x100 + visitor, 0, visitor * 100, visitor * 100 + 5, TRACE));
        }

        assertThat(pipeline.links()).isEmpty();
        assertThat(pipeline.linksTold()).anyMatch(Link::getDeleted);
    }

    @Test
    void shouldNotLinkByATraceWhoseReplayIsFarAway() {
        pipeline.segment(segment(REPLAY, 0, 0, 20, TRACE))
                .event(flagged(error(1, 20 + 301, TRACE)))
                .event(flagged(error(2, 20 + 299, TRACE)))
                .endOfInput();

        assertThat(pipeline.links()).isEqualTo(Map.of(2, REPLAY));
        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.OUTSIDE_REPLAY);
    }

    @Test
    void shouldRefuseAnotherTenantWhoNamesTheReplay() {
        BackendEvent foreign = named(error(1, 3), REPLAY);
        foreign.setOrganizationId(2);
        foreign.setProjectId(66);

        pipeline.event(frontend(9, 1))
                .segment(segment(REPLAY, 0, 0, 5))
                .event(foreign)
                .endOfInput();

        assertThat(pipeline.links()).isEmpty();
        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.TENANT_MISMATCH);
    }

    @Test
    void shouldTakeBackALinkThatTurnsOutForeign() {
        BackendEvent foreign = named(error(1, 3), REPLAY);
        foreign.setOrganizationId(2);
        foreign.setProjectId(66);

        pipeline.segment(segment(REPLAY, 0, 0, 5)).event(foreign).event(frontend(9, 6));

        assertThat(pipeline.linksTold()).hasSize(2);
        assertThat(pipeline.links()).isEmpty();
    }

    @Test
    void shouldLinkTheOwnTenantOnceItsProjectIsKnown() {
        BackendEvent foreign = error(5, 1);
        foreign.setOrganizationId(2);
        foreign.setProjectId(66);

        pipeline.event(foreign).segment(segment(REPLAY, 0, 0, 5)).event(named(error(1, 6), REPLAY));
        assertThat(pipeline.links()).isEmpty();
        pipeline.event(frontend(9, 7));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
    }

    @Test
    void shouldNotLetAnotherTenantSpoilATrace() {
        pipeline.event(frontend(9, 1)).segment(segment(REPLAY, 0, 0, 5, TRACE));
        for (int forged = 0; forged < 12; forged++) {
            BackendEvent foreign = named(error(0x100 + forged, 2, TRACE), 0x200 + forged);
            foreign.setOrganizationId(2);
            foreign.setProjectId(66);
            ReplaySegment foreignSegment = segment(0x300 + forged, 0, 0, 5, TRACE);
            foreignSegment.setProjectId(66);
            pipeline.event(foreign).segment(foreignSegment);
        }

        pipeline.event(error(1, 3, TRACE));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
    }

    @Test
    void shouldNotLetAnotherTenantTakeOverAReplay() {
        BackendEvent foreign = error(8, 1);
        foreign.setOrganizationId(2);
        foreign.setProjectId(7);
        ReplaySegment foreignSegment = segment(REPLAY, 0, -50, 5);
        foreignSegment.setProjectId(7);
        ReplaySegment foreignArchive = segment(REPLAY, 0, -50, 6);
        foreignArchive.setProjectId(7);
        foreignArchive.setIsArchived(true);

        pipeline.event(foreign).event(frontend(9, 1)).event(named(error(1, 3), REPLAY));
        pipeline.segment(foreignSegment).segment(foreignArchive).segment(segment(REPLAY, 0, 0, 5));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.linksTold()).allSatisfy(link -> {
            assertThat(link.getReplayProjectId()).isEqualTo(Samples.WEB);
            assertThat(link.getReplayStartedMs()).isEqualTo(at(0));
        });
    }

    @Test
    void shouldTakeBackTheLinksOfAnArchivedReplay() {
        ReplaySegment archive = segment(REPLAY, 0, 0, 30);
        archive.setSegmentId(null);
        archive.setIsArchived(true);

        pipeline.segment(segment(REPLAY, 0, 0, 5))
                .event(named(error(1, 6), REPLAY))
                .segment(archive)
                .endOfInput();

        assertThat(pipeline.links()).isEmpty();
        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.ARCHIVED);
    }

    @Test
    void shouldMarkAnEventOutOfSessionUntilTheReplayReachesIt() {
        pipeline.segment(segment(REPLAY, 0, 0, 5)).event(named(error(1, 400), REPLAY));
        assertThat(pipeline.linksTold().get(0).getInSession()).isFalse();

        pipeline.segment(segment(REPLAY, 1, 0, 200));

        assertThat(pipeline.linksTold().get(1).getInSession()).isTrue();
    }

    @Test
    void shouldCloseAnEventOnlyWhenTheReplaySideHasPassedIt() {
        // 10:00:03 an event, then an hour without a word from the replay side, which is busy: it is in the middle of a
        // queue.
        pipeline.event(named(error(1, 3), REPLAY));
        for (int minute = 0; minute < 60; minute++) {
            pipeline.segment(segment(OTHER_REPLAY, minute, 0, 5)).passes(Duration.ofSeconds(50));
        }
        assertThat(pipeline.unlinked()).isEmpty();

        // The replay side reaches 10:15:04.
        pipeline.segment(segment(OTHER_REPLAY, 60, 0, 15 * 60 + 4)).passes(Duration.ofSeconds(3));

        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.REPLAY_NOT_SEEN);
    }

    @Test
    void shouldCloseAnEventWhenTheReplaySideIsIdle() {
        pipeline.event(flagged(error(1, 3, TRACE)))
                .passes(Duration.ofMinutes(16))
                .passes(Duration.ofMinutes(2));

        assertThat(pipeline.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.TRACE_NOT_SEEN);
    }

    @Test
    void shouldLetLateRecordsWaitAsLongAsOthers() {
        // Nothing came for hours, so the replay side counts as being at 13:59. Then both sides of ten o'clock come
        // after all.
        pipeline.passes(Duration.ofHours(4));
        pipeline.event(flagged(error(1, 3, TRACE))).passes(Duration.ofMinutes(5));
        pipeline.segment(segment(REPLAY, 0, 0, 9, TRACE)).passes(Duration.ofMinutes(5));
        pipeline.event(named(error(2, 4), REPLAY));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY, 2, REPLAY));
        assertThat(pipeline.unlinked()).isEmpty();
    }

    @Test
    void shouldStillLinkAnEventWhoseReplayTurnsUpAfterTheWait() {
        pipeline.event(named(error(1, 3), REPLAY))
                .passes(Duration.ofMinutes(18))
                .passes(Duration.ofMinutes(1));
        assertThat(pipeline.unlinked()).hasSize(1);

        pipeline.segment(segment(REPLAY, 0, 0, 20 * 60));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.linksTold().get(0).getVersion()).isPositive();
    }

    @Test
    void shouldForgetEverythingInTheEnd() {
        pipeline.event(named(error(1, 3, TRACE), REPLAY))
                .event(flagged(error(2, 4, 0x8)))
                .segment(segment(REPLAY, 0, 0, 9, TRACE));
        for (int hour = 0; hour < 6; hour++) {
            pipeline.passes(Duration.ofHours(1));
        }

        // What is left is which organization the project belongs to, once a store.
        assertThat(pipeline.rows()).containsExactly("p", "p");
    }

    @Test
    void shouldNotBeMovedByAForgedClock() {
        ReplaySegment forged = segment(OTHER_REPLAY, 0, 0, 5);
        forged.setReceivedMs(at(0) + Duration.ofDays(70 * 365).toMillis());

        pipeline.event(named(error(1, 3), REPLAY));
        pipeline.raw(
                "ingest-replay-events",
                PlainAvro.<ReplaySegment>serde(ReplaySegment.getClassSchema())
                        .serializer()
                        .serialize("", forged),
                at(5));
        pipeline.passes(Duration.ofSeconds(45));

        assertThat(pipeline.unlinked()).isEmpty();
        pipeline.segment(segment(REPLAY, 0, 0, 50));
        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
    }

    @Test
    void shouldSetAsideWhatCannotBeReadAndGoOn() {
        pipeline.raw("events", new byte[] {(byte) 0xff}, at(1))
                .raw("events", null, at(2))
                .raw("ingest-replay-events", new byte[] {(byte) 0xff}, at(3))
                .event(named(error(1, 3), REPLAY))
                .segment(segment(REPLAY, 0, 0, 9));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.deadLetters()).hasSize(2).first().satisfies(letter -> {
            assertThat(letter.getTopic()).isEqualTo("events");
            assertThat(letter.getStage()).isEqualTo("decode-events");
            assertThat(letter.getReason()).isEqualTo("NOT_AVRO");
            assertThat(letter.getSizeBytes()).isEqualTo(1);
            assertThat(letter.getHead().remaining()).isZero();
        });
        assertThat(pipeline.count("replay.linker.control", "topic", "events", "operation", "empty"))
                .isEqualTo(1);
    }

    @Test
    void shouldDropAnEventWithoutAnyClaimBeforeTheShuffle() {
        pipeline.event(error(1, 3)).endOfInput();

        assertThat(pipeline.unlinked()).isEmpty();
        assertThat(pipeline.count("replay.linker.claims", "method", "none")).isEqualTo(1);
    }

    @Test
    void shouldOnlyCountATraceThatLeadsNowhere() {
        pipeline.event(error(1, 3, TRACE)).endOfInput();

        assertThat(pipeline.unlinked()).isEmpty();
        assertThat(pipeline.count("replay.linker.unclaimed", "reason", "TRACE_NOT_SEEN"))
                .isEqualTo(1);
    }

    @Test
    void shouldTellTheLifeOfAReplayAtItsStartAndAtMostTwiceAMinute() {
        for (int second = 5; second <= 120; second += 5) {
            pipeline.segment(segment(REPLAY, second / 5 - 1, 0, second));
        }

        assertThat(pipeline.lives()).hasSize(4);
    }
}
