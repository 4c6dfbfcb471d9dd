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
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nobody should send and somebody will: no link changes that should not, nothing is forgotten early, nothing grows for ever. */
class BadInputTest {

    private static final int REPLAY = 0xa;
    private static final int TRACE = 0x7;
    private static final int VICTIM = 1;

    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
    }

    /**
     * Each id costs its rows on disk, none of them more than a few hundred bytes, until it is forgotten: a million of them about as
     * many hundred megabytes for 90 minutes, and nothing on the heap.
     */
    @Test
    void shouldForgetForgedReplayIds() {
        int forged = 2_000;
        pipeline.event(named(error(VICTIM, 3), REPLAY));
        for (int i = 0; i < forged; i++) {
            pipeline.event(named(error(0x1000 + i, 4), 0x10000 + i)).segment(segment(0x20000 + i, 0, 0, 5));
        }
        pipeline.segment(segment(REPLAY, 0, 0, 6));
        // The claim; the replay; and, as no event has shown it, that the organization of the replay's project is
        // awaited.
        assertThat(pipeline.rows()).hasSizeBetween(2 * forged, 3 * forged + 10);
        assertThat(pipeline.rowBytes()).isLessThan(forged * 2L * 400);

        for (int hour = 0; hour < 6; hour++) {
            pipeline.passes(Duration.ofHours(1));
        }

        assertThat(pipeline.links()).isEqualTo(Map.of(VICTIM, REPLAY));
        assertThat(pipeline.unlinked()).hasSize(forged);
        assertThat(pipeline.rows()).isEmpty();
    }

    /** Each event has its row; of the trace there is one, and of its replays only as many as are kept before it counts as shared. */
    @Test
    void shouldBearOneTraceOnEveryEvent() {
        int visitors = 300;
        for (int i = 0; i < visitors; i++) {
            pipeline.event(error(0x1000 + i, 3, TRACE))
                    .event(named(error(0x2000 + i, 4, TRACE), 0x100 + i))
                    .segment(segment(0x100 + i, 0, 0, 5, TRACE));
        }

        assertThat(pipeline.links())
                .hasSize(visitors)
                .containsEntry(0x2000, 0x100)
                .containsEntry(0x2000 + 299, 0x100 + 299);
        assertThat(pipeline.rows()).filteredOn("s"::equals).hasSize(1 + visitors);
        // By trace an event a visitor, by replay another one and the replay.
        assertThat(pipeline.rowBytes()).isLessThan(visitors * 3L * 300);
    }

    @Test
    void shouldRememberAReplayThatNeverEnds() {
        pipeline.event(frontend(9, 1));
        for (int minute = 0; minute <= 48 * 60; minute += 10) {
            pipeline.segment(segment(REPLAY, minute / 10, 0, minute * 60)).passes(Duration.ofMinutes(10));
        }

        pipeline.event(named(error(VICTIM, 48 * 3_600), REPLAY));

        assertThat(pipeline.emittedLinks()).singleElement().satisfies(link -> {
            assertThat(link.getInSession()).isTrue();
            assertThat(link.getReplayStartedMs()).isEqualTo(at(0));
        });
        List<ReplayState> replayStates = pipeline.replayStates();
        assertThat(replayStates.get(replayStates.size() - 1).getLastSeenMs()).isEqualTo(at(48 * 3_600));
        assertThat(replayStates).hasSizeLessThanOrEqualTo(48 * 6 + 1);
    }

    @Test
    void shouldForgetAReplayThatNeverEndedWhenItDoes() {
        for (int minute = 0; minute <= 48 * 60; minute += 10) {
            pipeline.segment(segment(REPLAY, minute / 10, 0, minute * 60)).passes(Duration.ofMinutes(10));
        }
        assertThat(pipeline.rows()).isNotEmpty();

        for (int hour = 0; hour < 4; hour++) {
            pipeline.passes(Duration.ofHours(1));
        }

        assertThat(pipeline.rows()).isEmpty();
    }

    @Test
    void shouldBelieveNoReplayThatItLastsForDays() {
        pipeline.segment(segment(REPLAY, 7, -72 * 3_600, 5)).event(named(error(VICTIM, 6), REPLAY));

        assertThat(pipeline.emittedLinks()).extracting(Link::getReplayStartedMs).containsExactly(at(5 - 24 * 3_600));
    }

    /** More of that in {@link TenancyTest}. */
    @Test
    void shouldChangeNothingForIdsOfAnotherTenant() {
        pipeline.event(frontend(9, 1))
                .event(named(error(VICTIM, 3), REPLAY))
                .event(error(2, 3, TRACE))
                .segment(segment(REPLAY, 0, 0, 5, TRACE));
        ReplaySegment archive = segment(REPLAY, 0, 0, 8, TRACE);
        archive.setIsArchived(true);

        pipeline.event(foreign(named(error(0x100, 6, TRACE), REPLAY)))
                .event(foreign(flagged(error(0x101, 6, TRACE))))
                .event(foreign(named(error(0x102, 6, TRACE), 0x200)))
                .event(foreign(named(error(VICTIM, 6), 0x200)))
                .segment(foreign(segment(REPLAY, 0, -60, 7, TRACE)))
                .segment(foreign(segment(0x200, 0, 0, 7, TRACE)))
                .segment(foreign(archive));

        List<Link> ofVictims = pipeline.emittedLinks().stream()
                .filter(link -> link.getEvent().getProjectId() == Samples.API)
                .toList();
        assertThat(ofVictims).hasSize(2).allSatisfy(link -> {
            assertThat(link.getDeleted()).isFalse();
            assertThat(link.getReplayId().bytes()).endsWith(REPLAY);
            assertThat(link.getReplayProjectId()).isEqualTo(Samples.WEB);
            assertThat(link.getReplayStartedMs()).isEqualTo(at(0));
        });
        pipeline.endOfInput();
        assertThat(pipeline.unlinked()).isNotEmpty().allSatisfy(unlinked -> assertThat(
                        unlinked.getEvent().getProjectId())
                .isEqualTo(66));
    }

    private static BackendEvent foreign(BackendEvent event) {
        event.setOrganizationId(2);
        event.setProjectId(66);
        return event;
    }

    private static ReplaySegment foreign(ReplaySegment segment) {
        segment.setProjectId(66);
        return segment;
    }
}
