package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.call;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.flagged;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayLinkTopologyTest {

    private static final int REPLAY = 0xa;
    private static final int TRACE = 0x7;

    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldLinkByIdWhenTheReplayWasSeenBefore() {
        pipeline.segment(segment(REPLAY, 0, 0, 5)).event(named(error(1, 7), REPLAY));

        Link link = pipeline.emittedLinks().get(0);
        assertThat(link.getMethod()).isEqualTo(Method.REPLAY_ID);
        assertThat(link.getConfidence()).isEqualTo(1.0);
        assertThat(link.getReplayProjectId()).isEqualTo(Samples.WEB);
        assertThat(link.getReplayStartedMs()).isEqualTo(at(0));
        assertThat(link.getLinkedAtMs()).isEqualTo(at(7));
        assertThat(link.getConfirmed()).isTrue();
        assertThat(link.getInSession()).isTrue();
    }

    @Test
    void shouldPutIdsIntoTheHeadersOfWhatItEmits() {
        pipeline.segment(segment(REPLAY, 0, 0, 5))
                .event(named(error(1, 7), REPLAY))
                .event(error(2, 8))
                .event(error(3, 9, TRACE))
                .endOfInput();

        String replay = Samples.id(REPLAY);
        OutputTopics topics = OutputTopics.defaults();
        assertThat(pipeline.headers(topics.links()))
                .containsOnly(Map.of("event_id", Samples.id(1), "replay_id", replay, "method", "REPLAY_ID"));
        assertThat(pipeline.headers(topics.unlinked()))
                .containsExactlyInAnyOrder(
                        Map.of("event_id", Samples.id(2), "reason", "NO_EVIDENCE"),
                        Map.of("event_id", Samples.id(3), "reason", "TRACE_NOT_SEEN"));
        assertThat(pipeline.headers(topics.states())).isNotEmpty().containsOnly(Map.of("replay_id", replay));
    }

    @Test
    void shouldLinkByIdWhenTheReplayIsSeenAfterwards() {
        pipeline.event(named(error(1, 3), REPLAY)).segment(segment(REPLAY, 0, 0, 9));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.emittedLinks().get(0).getLinkedAtMs()).isEqualTo(at(9));
    }

    @Test
    void shouldLinkAFlaggedEventWhenASegmentListsTheTrace() {
        pipeline.event(flagged(error(1, 3, TRACE))).segment(segment(REPLAY, 0, 0, 9, TRACE));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        Link link = pipeline.emittedLinks().get(0);
        assertThat(link.getMethod()).isEqualTo(Method.TRACE);
        assertThat(link.getConfidence()).isEqualTo(0.9);
    }

    @Test
    void shouldLinkByTraceAloneInBothOrders() {
        pipeline.event(error(1, 3, TRACE))
                .segment(segment(REPLAY, 0, 0, 9, TRACE))
                .event(error(2, 10, TRACE));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY, 2, REPLAY));
        assertThat(pipeline.emittedLinks()).allMatch(link -> link.getMethod() == Method.TRACE);
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
        assertThat(pipeline.unlinked()).hasSize(2).allSatisfy(unlinked -> assertThat(unlinked.getReason())
                .isEqualTo(UnlinkedReason.REPLAY_NOT_SEEN));
        assertThat(pipeline.windowsClosed()).isTrue();
    }

    @Test
    void shouldEmitEachLinkOnceWhateverIsRepeated() {
        BackendEvent event = named(error(1, 3, TRACE), REPLAY);
        ReplaySegment segment = segment(REPLAY, 0, 0, 9, TRACE);

        pipeline.event(event).segment(segment).event(event).segment(segment);
        pipeline.segment(segment(REPLAY, 1, 0, 14, TRACE)).event(event);

        assertThat(pipeline.emittedLinks()).hasSize(1);
    }

    @Test
    void shouldUseTheProjectOfSegmentZeroWhateverCameFirst() {
        ReplaySegment stray = segment(REPLAY, 3, 0, 5);
        stray.setProjectId(99L);

        pipeline.event(named(error(1, 3), REPLAY)).segment(stray).segment(segment(REPLAY, 0, 0, 9));

        Link last = pipeline.emittedLinks().get(pipeline.emittedLinks().size() - 1);
        assertThat(last.getReplayProjectId()).isEqualTo(Samples.WEB);
        assertThat(last.getVersion())
                .isGreaterThan(pipeline.emittedLinks().get(0).getVersion());
    }

    @Test
    void shouldRetractTheLinksOfAnArchivedReplay() {
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
        assertThat(pipeline.emittedLinks().get(0).getInSession()).isFalse();

        pipeline.segment(segment(REPLAY, 1, 0, 341));

        assertThat(pipeline.emittedLinks().get(1).getInSession()).isTrue();
    }

    @Test
    void shouldSetAsideWhatCannotBeReadAndGoOn() {
        pipeline.raw("events", new byte[] {(byte) 0xff}, at(1))
                .raw("events", null, at(2))
                .raw("ingest-replay-events", new byte[] {(byte) 0xff}, at(3))
                .event(named(error(1, 3), REPLAY))
                .segment(segment(REPLAY, 0, 0, 9));

        assertThat(pipeline.links()).isEqualTo(Map.of(1, REPLAY));
        assertThat(pipeline.deadLetters()).hasSize(2).first().satisfies(deadLetter -> {
            assertThat(deadLetter.getTopic()).isEqualTo("events");
            assertThat(deadLetter.getStage()).isEqualTo("decode-events");
            assertThat(deadLetter.getReason()).isEqualTo("NOT_AVRO");
            assertThat(deadLetter.getSizeBytes()).isEqualTo(1);
            assertThat(deadLetter.getHead().remaining()).isZero();
        });
        assertThat(pipeline.count("replay.linker.control", "topic", "events", "operation", "empty"))
                .isEqualTo(1);
    }

    @Test
    void shouldGiveAnEventWithoutAnyEvidenceItsVerdictBeforeTheShuffle() {
        pipeline.event(error(1, 3));

        assertThat(pipeline.unlinked()).singleElement().satisfies(unlinked -> {
            assertThat(unlinked.getReason()).isEqualTo(UnlinkedReason.NO_EVIDENCE);
            assertThat(unlinked.getClaimed()).isFalse();
        });
        assertThat(pipeline.count("replay.linker.claims", "method", "none")).isEqualTo(1);
    }

    @Test
    void shouldOnlyCountACallWhoseTraceLeadsNowhere() {
        pipeline.event(call(1, 3, TRACE, 0x5, 0)).endOfInput();

        assertThat(pipeline.unlinked()).isEmpty();
        assertThat(pipeline.count("replay.linker.unclaimed", "reason", "TRACE_NOT_SEEN"))
                .isEqualTo(1);
    }

    @Test
    void shouldPublishABackendErrorWhoseTraceLeadsNowhere() {
        pipeline.event(error(1, 3, TRACE)).endOfInput();

        assertThat(pipeline.unlinked()).singleElement().satisfies(unlinked -> {
            assertThat(unlinked.getReason()).isEqualTo(UnlinkedReason.TRACE_NOT_SEEN);
            assertThat(unlinked.getClaimed()).isFalse();
        });
    }

    @Test
    void shouldEmitTheStateOfAReplayAtItsStartAndAtMostTwiceAMinute() {
        for (int second = 5; second <= 120; second += 5) {
            pipeline.segment(segment(REPLAY, second / 5 - 1, 0, second));
        }

        assertThat(pipeline.replayStates()).hasSize(4);
    }
}
