package io.replaylinker.topology.claim;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.serdes.Ids;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a replay segment, or an event that names its replay, tells of a replay and its traces. */
public final class SightingReader {

    /** A replay lasts an hour by design, stale ones were seen at 20 hours; a start before that is a wrong clock. */
    static final long LONGEST_REPLAY_MS = Duration.ofHours(24).toMillis();

    private SightingReader() {}

    /**
     * The sighting of the replay itself.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     * @return null when the segment has no usable replay id
     */
    public static @Nullable Sighting ofSegment(ReplaySegment segment, long recordMs) {
        Id replay = Ids.parse(segment.getReplayId());
        if (replay == null) {
            return null;
        }
        long seen = EventTime.received(segment.getReceivedMs(), recordMs);
        Sighting sighting = new Sighting();
        sighting.setReplayId(replay);
        sighting.setProof(!segment.getIsArchived());
        sighting.setOrganizationId(segment.getOrganizationId());
        sighting.setProjectId(segment.getProjectId());
        sighting.setStartedMs(started(segment, seen));
        sighting.setSeenMs(seen);
        sighting.setSegmentId(segment.getSegmentId() == null ? -1 : segment.getSegmentId());
        sighting.setArchived(segment.getIsArchived());
        sighting.setRetentionDays(segment.getRetentionDays());
        sighting.setReplayType(segment.getReplayType());
        sighting.setPlatform(segment.getPlatform());
        sighting.setRelease(segment.getRelease());
        sighting.setEnvironment(segment.getEnvironment());
        return sighting;
    }

    /** One witness for each distinct trace that the segment lists; unusable ids are left out. */
    public static List<Sighting> witnesses(ReplaySegment segment, Sighting sighting) {
        if (segment.getTraceIds().isEmpty() || sighting.getArchived()) {
            return List.of();
        }
        Set<Id> traces = new LinkedHashSet<>();
        for (String text : segment.getTraceIds()) {
            Id trace = Ids.parse(text);
            if (trace != null) {
                traces.add(trace);
            }
        }
        return traces.stream()
                .map(trace -> witness(
                        sighting.getReplayId(),
                        trace,
                        true,
                        sighting.getOrganizationId(),
                        sighting.getProjectId(),
                        sighting.getStartedMs(),
                        sighting.getSeenMs()))
                .toList();
    }

    /** What an event that carries both ids teaches its trace; it proves no replay. Null when it has no trace. */
    public static @Nullable Sighting witness(Claim claim) {
        EventSummary event = claim.getEvent();
        Id trace = event.getTraceId();
        Id replay = claim.getReplayId();
        return trace == null || replay == null
                ? null
                : witness(
                        replay,
                        trace,
                        false,
                        event.getOrganizationId(),
                        0,
                        event.getTimestampMs(),
                        event.getReceivedMs());
    }

    private static Sighting witness(
            Id replay, Id trace, boolean proof, long organization, long project, long startedMs, long seenMs) {
        Sighting witness = new Sighting();
        witness.setReplayId(replay);
        witness.setTraceId(trace);
        witness.setProof(proof);
        witness.setOrganizationId(organization);
        witness.setProjectId(project);
        witness.setStartedMs(startedMs);
        witness.setSeenMs(seenMs);
        witness.setSegmentId(-1);
        return witness;
    }

    private static long started(ReplaySegment segment, long seenMs) {
        Long start = segment.getReplayStartMs();
        if (start == null || start <= 0) {
            start = segment.getTimestampMs();
        }
        return Math.max(EventTime.happened(start, seenMs), seenMs - LONGEST_REPLAY_MS);
    }
}
