package io.replaylinker.tools.reprocess;

import io.replaylinker.clickhouse.CurrentLinks;
import io.replaylinker.clickhouse.CurrentState;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.LinkVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what a run found with what the tables hold now. */
final class Comparison {

    /** The same limit as in the join: an observation that puts the start of a replay earlier than this comes from a wrong clock. */
    private static final long LONGEST_REPLAY_MS = Duration.ofHours(24).toMillis();

    private final CurrentLinks links;
    private final CurrentState facts;
    private final TableRetries retries;
    private final Plan plan;

    Comparison(TableReader tables, TableRetries retries, Plan plan) {
        this.links = new CurrentLinks(tables);
        this.facts = new CurrentState(tables);
        this.retries = retries;
        this.plan = plan;
    }

    /**
     * What has to be emitted, one change an event.
     *
     * @param verdicts in the order of receive times, at least one
     */
    List<Change> events(List<Verdict> verdicts) {
        long fromMs = verdicts.get(0).receivedMs();
        long toMs = verdicts.get(verdicts.size() - 1).receivedMs();
        Map<String, List<Link>> current = retries.ask(() -> links.of(fromMs, toMs)).stream()
                .collect(Collectors.groupingBy(link -> key(link.getEvent())));
        Map<String, String> outcomes = new HashMap<>();
        retries.ask(() -> facts.verdicts(fromMs, toMs))
                .forEach(verdict -> outcomes.put(
                        Verdict.key(verdict.projectId(), verdict.eventId(), verdict.occurrence()), verdict.outcome()));
        return verdicts.stream()
                .map(verdict -> new Decision(
                                verdict,
                                current.getOrDefault(verdict.key(), List.of()),
                                outcomes.get(verdict.key()),
                                plan.isSure(verdict.receivedMs()),
                                LinkVersion.RULES)
                        .change())
                .toList();
    }

    /** The replay states that know more than the tables do. */
    List<ReplayState> replayStates(List<ReplayState> found) {
        long firstMs = found.stream().mapToLong(ReplayState::getStartedMs).min().orElseThrow();
        long lastMs = found.stream().mapToLong(ReplayState::getLastSeenMs).max().orElseThrow();
        long earliestMs = firstMs - LONGEST_REPLAY_MS;
        Map<String, CurrentState.Replay> known = retries.ask(() -> facts.replays(earliestMs, lastMs)).stream()
                .collect(Collectors.toMap(
                        replay -> key(replay.organizationId(), replay.projectId(), replay.replayId()),
                        replay -> replay));
        List<ReplayState> news = new ArrayList<>();
        for (ReplayState replayState : found) {
            CurrentState.Replay before = known.get(key(
                    replayState.getOrganizationId(), replayState.getProjectId(), Ids.hex(replayState.getReplayId())));
            if (isNews(replayState, before)) {
                if (before != null) {
                    // The replay is filed under the day of its start, which is never later than is known.
                    replayState.setStartedMs(Math.min(replayState.getStartedMs(), before.startedMs()));
                }
                news.add(replayState);
            }
        }
        return news;
    }

    private static boolean isNews(ReplayState replayState, CurrentState.@Nullable Replay before) {
        return before == null
                || replayState.getStartedMs() < before.startedMs()
                || replayState.getLastSeenMs() > before.lastSeenMs()
                || replayState.getLastSegmentId() > before.lastSegment()
                || (replayState.getArchived() && !before.archived());
    }

    private static String key(EventSummary event) {
        return Verdict.key(event.getProjectId(), Ids.hex(event.getEventId()), event.getOccurrence());
    }

    private static String key(long organization, long project, String replay) {
        return organization + "/" + project + "/" + replay;
    }
}
