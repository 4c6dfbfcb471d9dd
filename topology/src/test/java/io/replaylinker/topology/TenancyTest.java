package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.frontend;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one organization sends changes nothing for another. */
class TenancyTest {

    private static final int REPLAY = 0xa;
    private static final int TRACE = 0x7;

    private final Pipeline pipeline = new Pipeline();

    @AfterEach
    void close() {
        pipeline.close();
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
    void shouldRetractALinkThatTurnsOutForeign() {
        BackendEvent foreign = named(error(1, 3), REPLAY);
        foreign.setOrganizationId(2);
        foreign.setProjectId(66);

        pipeline.segment(segment(REPLAY, 0, 0, 5)).event(foreign).event(frontend(9, 6));

        assertThat(pipeline.emittedLinks()).hasSize(2);
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
        assertThat(pipeline.emittedLinks())
                .filteredOn(link -> !link.getDeleted())
                .allSatisfy(link -> {
                    assertThat(link.getReplayProjectId()).isEqualTo(Samples.WEB);
                    assertThat(link.getReplayStartedMs()).isEqualTo(at(0));
                });
    }
}
