package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.flagged;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which replay an event gets by its trace when there are several. */
class TraceChoiceTest {

    private static final int REPLAY = 0xa;
    private static final int OTHER_REPLAY = 0xb;
    private static final int TRACE = 0x7;

    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
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
}
