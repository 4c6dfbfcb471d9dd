package io.replaylinker.topology;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.flagged;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.named;
import static io.replaylinker.topology.Samples.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.JoinSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedJoinTest {

    private static final int R = 0xa1;
    private static final int T = 0xb1;
    private static final double MINUTE = 60;

    private final List<String> emitted = new ArrayList<>();
    private final BoundedJoin join = new BoundedJoin(
            EvidenceSettings.defaults(),
            JoinSettings.defaults(),
            new JoinCounts(new SimpleMeterRegistry()),
            new RecordingListener());

    @Test
    void shouldLinkWhicheverSideComesFirst() {
        event(flagged(error(1, 0, T)), 0);
        replay(segment(R, 0, 5, 5, T), 5);
        event(named(error(2, 8), R), 8);

        assertThat(emitted).containsExactly("claimed 1", "link 1", "claimed 2", "link 2");
    }

    /** As in the worker: what comes after the wait is too late for an event with nothing but a trace. */
    @Test
    void shouldLetTimeOfRecordsExpireWhatWaits() {
        event(error(1, 0, T), 0);
        event(named(error(2, 0), R), 0);
        join.advance(at(16 * MINUTE));

        assertThat(emitted)
                .containsExactly("claimed 1", "claimed 2", "unlinked 1 TRACE_NOT_SEEN", "unlinked 2 REPLAY_NOT_SEEN");

        replay(segment(R, 0, 0, 20 * MINUTE, T), 20 * MINUTE);

        assertThat(emitted).endsWith("link 2").doesNotContain("link 1");
    }

    @Test
    void shouldForgetAReplayAfterItsMemory() {
        replay(segment(R, 0, 0, 0), 0);
        join.advance(at(91 * MINUTE));
        event(named(error(1, 92 * MINUTE), R), 92 * MINUTE);
        join.close();

        assertThat(emitted).containsExactly("claimed 1", "unlinked 1 REPLAY_NOT_SEEN");
    }

    /** Between two records nothing passes but time: what was due twice in a pause is forgotten at its end. */
    @Test
    void shouldForgetAllAtOnceAfterAPauseOfHours() {
        event(named(error(1, 0), R), 0);
        join.advance(at(6 * 60 * MINUTE));
        replay(segment(R, 0, 0, 6 * 60 * MINUTE), 6 * 60 * MINUTE);
        join.close();

        assertThat(emitted).containsExactly("claimed 1", "unlinked 1 REPLAY_NOT_SEEN");
    }

    /** The second event shows when its wait ends that the trace is shared, also where nothing else comes meanwhile. */
    @Test
    void shouldRetractWhatASharedTraceLinkedBeforeAPauseOfHours() {
        replay(segment(R, 0, 0, 0, T), 0);
        event(error(1, 0, T), 0);
        event(error(2, 30 * MINUTE, T), 30 * MINUTE);
        join.advance(at(6 * 60 * MINUTE));

        assertThat(emitted)
                .containsSubsequence("link 1", "unlinked 2 OUTSIDE_REPLAY", "taken back 1", "unlinked 1 SHARED_TRACE");
    }

    @Test
    void shouldEmitAtTheEndWhatStillWaits() {
        event(flagged(error(1, 0, T)), 0);
        join.close();
        join.close();

        assertThat(emitted).containsExactly("claimed 1", "unlinked 1 TRACE_NOT_SEEN");
    }

    @Test
    void shouldKnowOrganizationsBeforeTheFirstEvent() {
        join.learn(Samples.WEB, 2);
        join.learn(Samples.API, 1);
        replay(segment(R, 0, 0, 0), 0);
        event(named(error(1, 1), R), 1);
        join.close();

        assertThat(emitted).contains("unlinked 1 TENANT_MISMATCH").doesNotContain("link 1");
    }

    private void event(BackendEvent event, double seconds) {
        join.event("events", Decoded.value(event), at(seconds));
    }

    private void replay(ReplaySegment segment, double seconds) {
        join.replay("replays", Decoded.value(segment), at(seconds));
    }

    private final class RecordingListener implements BoundedJoin.Listener {

        @Override
        public void claimed(EventSummary event) {
            emitted.add("claimed " + number(event));
        }

        @Override
        public void link(Link link) {
            assertThat(Ids.hex(link.getReplayId())).isEqualTo(id(R));
            emitted.add((link.getDeleted() ? "taken back " : "link ") + number(link.getEvent()));
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            emitted.add("unlinked " + number(unlinked.getEvent()) + " " + unlinked.getReason());
        }

        @Override
        public void replayState(ReplayState replayState) {}

        private static int number(EventSummary event) {
            return Integer.parseInt(Ids.hex(event.getEventId()), 16);
        }
    }
}
