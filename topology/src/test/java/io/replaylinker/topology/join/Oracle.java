package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which links are right by looking at all of a history at once: slow, obvious, and sharing no code with the join. It knows the
 * default settings only, and histories that fit into one wait.
 */
final class Oracle {

    private static final long TOLERANCE_MS = 300_000;
    private static final long TOO_CLOSE_MS = 1_000;
    private static final int MAX_REPLAYS = 8;

    /** One observation of a replay, on a trace or of the replay itself. */
    private record Sight(String replay, long organization, long startedMs, long seenMs) {}

    private record Life(String replay, long startedMs, long seenMs) {
        long gap(long moment) {
            return moment < startedMs ? startedMs - moment : moment > seenMs ? moment - seenMs : 0;
        }
    }

    private final List<BackendEvent> events;
    private final List<ReplaySegment> segments;
    private final Map<Long, Long> organizations = new HashMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private final Map<String, UnlinkedReason> unlinked = new TreeMap<>();

    Oracle(List<Object> history) {
        events = history.stream()
                .filter(BackendEvent.class::isInstance)
                .map(BackendEvent.class::cast)
                .toList();
        segments = history.stream()
                .filter(ReplaySegment.class::isInstance)
                .map(ReplaySegment.class::cast)
                .toList();
        events.forEach(event -> organizations.merge(event.getProjectId(), event.getOrganizationId(), Math::min));
        events.forEach(this::judge);
    }

    Map<String, String> links() {
        return links;
    }

    Map<String, UnlinkedReason> unlinked() {
        return unlinked;
    }

    private void judge(BackendEvent event) {
        if (event.getReplayId() != null) {
            confirm(event, event.getReplayId(), "REPLAY_ID", 1.0);
        } else if (event.getTraceId() != null) {
            judgeByTrace(event, Boolean.TRUE.equals(event.getHasReplay()) ? "FLAG" : "TRACE");
        }
    }

    private void judgeByTrace(BackendEvent event, String method) {
        List<Sight> all = sightsOn(event.getTraceId());
        List<Sight> usable =
                all.stream().filter(sight -> matches(event, sight) == 1).toList();
        if (usable.isEmpty()) {
            usable = all.stream().filter(sight -> matches(event, sight) == 0).toList();
        }
        Map<String, Life> lives = new HashMap<>();
        for (Sight sight : usable) {
            lives.merge(
                    sight.replay(),
                    new Life(sight.replay(), sight.startedMs(), sight.seenMs()),
                    (a, b) -> new Life(
                            a.replay(), Math.min(a.startedMs(), b.startedMs()), Math.max(a.seenMs(), b.seenMs())));
        }
        long moment = event.getTimestampMs();
        List<Life> near = lives.values().stream()
                .filter(life -> life.gap(moment) <= TOLERANCE_MS)
                .sorted(Comparator.comparingLong(life -> life.gap(moment)))
                .toList();
        if (lives.isEmpty()) {
            refuse(event, method, UnlinkedReason.TRACE_NOT_SEEN);
        } else if (lives.size() > MAX_REPLAYS) {
            refuse(event, method, UnlinkedReason.SHARED_TRACE);
        } else if (near.isEmpty()) {
            refuse(event, method, UnlinkedReason.OUTSIDE_REPLAY);
        } else if (near.size() > 1 && alike(near.get(0).gap(moment), near.get(1).gap(moment))) {
            refuse(event, method, UnlinkedReason.AMBIGUOUS);
        } else {
            confirm(event, near.get(0).replay(), method, near.size() == 1 ? 0.9 : 0.6);
        }
    }

    private static boolean alike(long best, long next) {
        return next == 0 || (best > 0 && next - best < TOO_CLOSE_MS);
    }

    private List<Sight> sightsOn(String trace) {
        return Stream.concat(
                        segments.stream()
                                .filter(segment -> !segment.getIsArchived()
                                        && segment.getTraceIds().contains(trace))
                                .map(segment -> new Sight(
                                        segment.getReplayId(),
                                        organizationOf(segment),
                                        startOf(segment),
                                        segment.getReceivedMs())),
                        events.stream()
                                .filter(event -> event.getReplayId() != null && trace.equals(event.getTraceId()))
                                .map(event -> new Sight(
                                        event.getReplayId(),
                                        event.getOrganizationId(),
                                        event.getTimestampMs(),
                                        event.getReceivedMs())))
                .toList();
    }

    private void confirm(BackendEvent event, String replay, String method, double confidence) {
        List<ReplaySegment> named = segments.stream()
                .filter(segment -> segment.getReplayId().equals(replay))
                .toList();
        List<ReplaySegment> own = named.stream()
                .filter(segment -> matches(event, organizationOf(segment)) == 1)
                .toList();
        if (own.isEmpty()) {
            refuse(event, method, named.isEmpty() ? UnlinkedReason.REPLAY_NOT_SEEN : UnlinkedReason.TENANT_MISMATCH);
        } else if (own.stream().anyMatch(ReplaySegment::getIsArchived)) {
            refuse(event, method, UnlinkedReason.ARCHIVED);
        } else {
            links.put(event.getEventId(), text(event, replay, method, confidence, own));
        }
    }

    private static String text(
            BackendEvent event, String replay, String method, double confidence, List<ReplaySegment> own) {
        long project = own.stream()
                .min(Comparator.comparingInt(Oracle::numberOf).thenComparingLong(ReplaySegment::getProjectId))
                .orElseThrow()
                .getProjectId();
        long started = own.stream().mapToLong(Oracle::startOf).min().orElseThrow();
        long seen = own.stream().mapToLong(ReplaySegment::getReceivedMs).max().orElseThrow();
        long moment = event.getTimestampMs();
        boolean inSession = moment >= started - TOLERANCE_MS && moment <= seen + TOLERANCE_MS;
        return replay + " of project " + project + " by " + method + " " + confidence + " started " + started
                + (inSession ? "" : " out of session");
    }

    private void refuse(BackendEvent event, String method, UnlinkedReason reason) {
        if (!method.equals("TRACE")) {
            unlinked.put(event.getEventId(), reason);
        }
    }

    private int matches(BackendEvent event, Sight sight) {
        return matches(event, sight.organization());
    }

    /** 1: of the event's organization, or it may pass; 0: not known; -1: of another one. */
    private int matches(BackendEvent event, long organization) {
        Set<Long> all = new HashSet<>(organizations.values());
        if (organization == 0) {
            return all.size() <= 1 ? 1 : 0;
        }
        return organization == event.getOrganizationId() ? 1 : -1;
    }

    private long organizationOf(ReplaySegment segment) {
        return organizations.getOrDefault(segment.getProjectId(), 0L);
    }

    private static long startOf(ReplaySegment segment) {
        return Math.min(segment.getReplayStartMs(), segment.getReceivedMs());
    }

    private static int numberOf(ReplaySegment segment) {
        @Nullable Integer number = segment.getSegmentId();
        return number == null ? Integer.MAX_VALUE : number;
    }
}
