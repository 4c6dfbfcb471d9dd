package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableReader;
import java.util.List;
import java.util.Optional;

/** Puts a replay's life and its events together. */
final class ReplayOf {

    private final TableReader tables;
    private final List<Long> organizations;
    private final Filter filter;

    ReplayOf(TableReader tables, List<Long> organizations, Filter filter) {
        this.tables = tables;
        this.organizations = organizations;
        this.filter = filter;
    }

    /** Empty when all that was known of it was a link that has been taken back. */
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

    /** Another organization may have sent the same id: its events, and what it deleted, say nothing of this replay. */
    private List<Long> itsOwn(KnownReplay replay) {
        return replay.organizationId() == 0 ? organizations : List.of(replay.organizationId(), 0L);
    }
}
