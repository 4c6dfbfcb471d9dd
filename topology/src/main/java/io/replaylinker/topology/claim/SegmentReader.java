package io.replaylinker.topology.claim;

import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.Ids;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the observations in a replay segment: of its replay, of the traces that it lists, and of the errors that its
 * recorder sent.
 */
public final class SegmentReader {

    /**
     * A replay lasts an hour by design, and stale ones were seen at 20 hours. An earlier start comes from a wrong
     * clock.
     */
    static final long LONGEST_REPLAY_MS = Duration.ofHours(24).toMillis();

    /**
     * Crashes of apps are uploaded days later, with their replay. An older time comes from a clock that was never set.
     */
    static final long LATEST_UPLOAD_MS = Duration.ofDays(30).toMillis();

    private final UserHashes users;

    public SegmentReader(UserHashes users) {
        this.users = users;
    }

    /**
     * Reads the observation of the replay itself.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     * @return null when the segment has no usable replay id
     */
    public @Nullable ReplayObservation read(ReplaySegment segment, long recordMs) {
        Id replay = Ids.parse(segment.getReplayId());
        if (replay == null) {
            return null;
        }
        long seen = EventTime.received(segment.getReceivedMs(), recordMs);
        ReplayObservation observation = new ReplayObservation();
        observation.setReplayId(replay);
        observation.setProof(!segment.getIsArchived());
        observation.setOrganizationId(segment.getOrganizationId());
        observation.setProjectId(segment.getProjectId());
        setTimes(observation, segment, seen);
        observation.setSegmentId(segment.getSegmentId() == null ? -1 : segment.getSegmentId());
        observation.setArchived(segment.getIsArchived());
        observation.setRetentionDays(segment.getRetentionDays());
        observation.setReplayType(segment.getReplayType());
        observation.setPlatform(segment.getPlatform());
        observation.setRelease(segment.getRelease());
        observation.setEnvironment(segment.getEnvironment());
        observation.setUser(users.user(segment.getUserId()));
        observation.setAddress(users.address(segment.getUserAddress()));
        return observation;
    }

    /**
     * Sets the times by the device's clock. If that is ahead of the server, start and end are moved back by the
     * difference. A clock that is behind is not corrected, because a replay that is uploaded late looks the same.
     */
    private static void setTimes(ReplayObservation observation, ReplaySegment segment, long seenMs) {
        long end = known(segment.getTimestampMs(), known(segment.getReplayStartMs(), seenMs));
        long start = Math.min(known(segment.getReplayStartMs(), end), Math.max(end, seenMs));
        long ahead = Math.max(0, Math.max(start, end) - seenMs);
        end = Math.max(end - ahead, seenMs - LATEST_UPLOAD_MS);
        long earliest = Math.min(end, seenMs) - LONGEST_REPLAY_MS;
        // If the start would be moved back beyond that, only the end was wrong, and the start is kept.
        start = start - ahead >= earliest ? start - ahead : Math.max(Math.min(start, end), earliest);
        observation.setStartedMs(Math.min(start, end));
        observation.setDeviceMs(end);
        observation.setSeenMs(seenMs);
    }

    private static long known(@Nullable Long timeMs, long otherwiseMs) {
        return timeMs == null || timeMs <= 0 ? otherwiseMs : timeMs;
    }

    /** One observation for each distinct trace that the segment lists; unusable ids are left out. */
    public static List<TraceObservation> traces(ReplaySegment segment, ReplayObservation observation) {
        if (observation.getArchived()) {
            return List.of();
        }
        return ids(segment.getTraceIds()).stream()
                .map(trace -> trace(trace, observation))
                .toList();
    }

    /** One naming for each distinct event that the segment lists as sent by its recorder; unusable ids are left out. */
    public static List<ErrorNaming> errors(ReplaySegment segment, ReplayObservation observation) {
        if (observation.getArchived()) {
            return List.of();
        }
        return ids(segment.getErrorIds()).stream()
                .map(event -> naming(event, observation))
                .toList();
    }

    private static Set<Id> ids(List<String> texts) {
        if (texts.isEmpty()) {
            return Set.of();
        }
        Set<Id> ids = new LinkedHashSet<>();
        for (String text : texts) {
            Id id = Ids.parse(text);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static TraceObservation trace(Id trace, ReplayObservation replay) {
        TraceObservation observation = new TraceObservation();
        observation.setTraceId(trace);
        observation.setReplayId(replay.getReplayId());
        observation.setTeaches(true);
        observation.setOrganizationId(replay.getOrganizationId());
        observation.setProjectId(replay.getProjectId());
        observation.setStartedMs(replay.getStartedMs());
        observation.setEndedMs(replay.getSeenMs());
        observation.setSeenMs(replay.getSeenMs());
        observation.setUser(replay.getUser());
        observation.setAddress(replay.getAddress());
        return observation;
    }

    private static ErrorNaming naming(Id event, ReplayObservation observation) {
        ErrorNaming naming = new ErrorNaming();
        naming.setEventId(event);
        naming.setReplayId(observation.getReplayId());
        naming.setOrganizationId(observation.getOrganizationId());
        naming.setProjectId(observation.getProjectId());
        naming.setSeenMs(observation.getSeenMs());
        return naming;
    }
}
