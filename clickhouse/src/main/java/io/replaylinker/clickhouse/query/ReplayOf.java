package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableReader;
import java.util.List;
import java.util.Optional;

/** Combines a replay's state and its events. */
final class ReplayOf {

    private final TableReader tables;
    private final List<Long> organizations;
    private final Filter filter;

    ReplayOf(TableReader tables, List<Long> organizations, Filter filter) {
        this.tables = tables;
        this.organizations = organizations;
        this.filter = filter;
    }

    /** Returns empty if the replay was known only from a link that has been retracted. */
    Optional<ReplayStory> story(List<KnownReplay> replays) {
        KnownReplay best = ReplayStates.best(replays);
        Page<LinkedEvent> events = new Links(tables).ofReplay(itsOwn(best), best.replayId(), filter);
        KnownReplay replay = events.rows().stream()
                .findFirst()
                .flatMap(event -> ReplayStates.find(replays, event.replayId(), event.replayProjectId()))
                .orElse(best);
        if (replay.archived()) {
            return Optional.of(new ReplayStory(replay, new Page<>(List.of(), null)));
        }
        boolean ghost = replay.lastSeenAt() == null && events.rows().isEmpty() && filter.isOpen();
        return ghost ? Optional.empty() : Optional.of(new ReplayStory(replay, events));
    }

    /** Another organization may have sent the same id. Its events and deletions do not concern this replay. */
    private List<Long> itsOwn(KnownReplay replay) {
        return replay.organizationId() == 0 ? organizations : List.of(replay.organizationId(), 0L);
    }
}
