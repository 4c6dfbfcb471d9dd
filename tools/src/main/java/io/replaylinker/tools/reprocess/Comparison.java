package io.replaylinker.tools.reprocess;

import io.replaylinker.clickhouse.StandingFacts;
import io.replaylinker.clickhouse.StandingLinks;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.join.LinkVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run found out, beside what the tables say now. */
final class Comparison {

    /** As in the join: what says that it started before that has a wrong clock. */
    private static final long LONGEST_LIFE_MS = Duration.ofHours(24).toMillis();

    private final StandingLinks links;
    private final StandingFacts facts;
    private final TableRetries retries;
    private final Plan plan;

    Comparison(TableReader tables, TableRetries retries, Plan plan) {
        this.links = new StandingLinks(tables);
        this.facts = new StandingFacts(tables);
        this.retries = retries;
        this.plan = plan;
    }

    /**
     * What is to be said, one change an event.
     *
     * @param verdicts in the order of receive times, at least one
     */
    List<Change> events(List<Verdict> verdicts) {
        long fromMs = verdicts.get(0).receivedMs();
        long toMs = verdicts.get(verdicts.size() - 1).receivedMs();
        Map<String, List<Link>> standing = retries.ask(() -> links.of(fromMs, toMs)).stream()
                .collect(Collectors.groupingBy(link -> key(link.getEvent())));
        Map<String, String> outcomes = new HashMap<>();
        retries.ask(() -> facts.verdicts(fromMs, toMs))
                .forEach(told ->
                        outcomes.put(Verdict.key(told.projectId(), told.eventId(), told.occurrence()), told.outcome()));
        return verdicts.stream()
                .map(verdict -> new Decision(
                                verdict,
                                standing.getOrDefault(verdict.key(), List.of()),
                                outcomes.get(verdict.key()),
                                plan.isSure(verdict.receivedMs()),
                                LinkVersion.RULES)
                        .change())
                .toList();
    }

    /** Those of the replays' lives of which the tables know less. */
    List<ReplayLife> lives(List<ReplayLife> found) {
        long firstMs = found.stream().mapToLong(ReplayLife::getStartedMs).min().orElseThrow();
        long lastMs = found.stream().mapToLong(ReplayLife::getLastSeenMs).max().orElseThrow();
        long earliestMs = firstMs - LONGEST_LIFE_MS;
        Map<String, StandingFacts.Life> known = retries.ask(() -> facts.lives(earliestMs, lastMs)).stream()
                .collect(Collectors.toMap(
                        life -> key(life.organizationId(), life.projectId(), life.replayId()), life -> life));
        List<ReplayLife> news = new ArrayList<>();
        for (ReplayLife life : found) {
            StandingFacts.Life before =
                    known.get(key(life.getOrganizationId(), life.getProjectId(), Ids.hex(life.getReplayId())));
            if (isNews(life, before)) {
                if (before != null) {
                    // The replay is filed under the day of its start, which is never later than is known.
                    life.setStartedMs(Math.min(life.getStartedMs(), before.startedMs()));
                }
                news.add(life);
            }
        }
        return news;
    }

    private static boolean isNews(ReplayLife life, StandingFacts.@Nullable Life before) {
        return before == null
                || life.getStartedMs() < before.startedMs()
                || life.getLastSeenMs() > before.lastSeenMs()
                || life.getLastSegmentId() > before.lastSegment()
                || (life.getArchived() && !before.archived());
    }

    private static String key(EventSummary event) {
        return Verdict.key(event.getProjectId(), Ids.hex(event.getEventId()), event.getOccurrence());
    }

    private static String key(long organization, long project, String replay) {
        return organization + "/" + project + "/" + replay;
    }
}
