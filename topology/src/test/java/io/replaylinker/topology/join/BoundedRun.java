package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.BoundedJoin;
import io.replaylinker.topology.EvidenceSettings;
import io.replaylinker.topology.JoinCounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Brings records to a bounded join and reads what it says as a run does that keeps the last word on each link. */
final class BoundedRun implements BoundedJoin.Listener {

    private final EmittedLinks links = new EmittedLinks();
    private final Map<String, Link> latestLinks = new HashMap<>();
    private final Map<String, UnlinkedReason> reasons = new HashMap<>();
    private final Set<String> claimed = new HashSet<>();
    private final BoundedJoin join = new BoundedJoin(
            EvidenceSettings.defaults(), Story.SETTINGS, new JoinCounts(new SimpleMeterRegistry()), this);
    private long timeMs;

    /** What is known before the first record. */
    void learn(Object record) {
        if (record instanceof BackendEvent event) {
            join.learn(event.getProjectId(), event.getOrganizationId());
        } else if (record instanceof Span span) {
            join.learn(span.getProjectId(), span.getOrganizationId());
        }
    }

    /** A record that may be a little older than the one before. */
    void take(Arrival arrival) {
        timeMs = Math.max(timeMs, arrival.recordMs());
        join.advance(timeMs);
        if (arrival.record() instanceof BackendEvent event) {
            join.event("events", Decoded.value(event), arrival.recordMs());
        } else if (arrival.record() instanceof Span span) {
            join.span("spans", Decoded.value(span), arrival.recordMs());
        } else if (arrival.record() instanceof ReplaySegment segment) {
            join.replay("replays", Decoded.value(segment), arrival.recordMs());
        } else {
            Arrival.Deletion deletion = (Arrival.Deletion) arrival.record();
            List<Id> events = List.of(Objects.requireNonNull(Ids.parse(deletion.event())));
            join.event(
                    "events",
                    new Decoded.Tombstones<>("tombstone_events", deletion.project(), events, 0),
                    arrival.recordMs());
        }
    }

    void close() {
        join.close();
    }

    /** The links that hold. */
    Map<String, String> links() {
        return links.held();
    }

    /** Last reason that was emitted for each event. */
    Map<String, UnlinkedReason> reasons() {
        return reasons;
    }

    @Override
    public void claimed(EventSummary event) {
        claimed.add(EmittedLinks.key(event));
    }

    @Override
    public void link(Link link) {
        assertThat(claimed).as("its claim was emitted before").contains(EmittedLinks.key(link.getEvent()));
        Link before = latestLinks.put(EmittedLinks.key(link.getEvent()) + Ids.hex(link.getReplayId()), link);
        assertThat(before == null || before.getVersion() <= link.getVersion())
                .as("the last word stands above " + before + ": " + link)
                .isTrue();
        links.add(link);
    }

    @Override
    public void unlinked(Unlinked unlinked) {
        if (unlinked.getReason() != UnlinkedReason.NO_EVIDENCE) {
            assertThat(claimed).as("its claim was emitted before").contains(EmittedLinks.key(unlinked.getEvent()));
        }
        reasons.put(EmittedLinks.key(unlinked.getEvent()), unlinked.getReason());
    }

    @Override
    public void replayState(ReplayState replayState) {}
}
