package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Combines the links, outcomes and replay states of an event. */
final class EventOf {

    private final List<LinkedEvent> links;
    private final List<EventOutcome> outcomes;
    private final List<KnownReplay> replays;

    private EventOf(List<LinkedEvent> links, List<EventOutcome> outcomes, List<KnownReplay> replays) {
        this.links = links;
        this.outcomes = outcomes;
        this.replays = replays;
    }

    static EventOf read(
            TableReader tables, ParallelQueries queries, List<Long> organizations, IdPrefix event, Filter filter) {
        Supplier<List<EventOutcome>> outcomes =
                queries.submit(() -> new Outcomes(tables).ofEvent(organizations, event, filter));
        List<LinkedEvent> links = new Links(tables).ofEvent(organizations, event, filter);
        List<KnownReplay> linked = links.stream()
                .map(link -> KnownReplay.fromLinks(
                        link.replayId(), link.organizationId(), link.replayProjectId(), link.replayStartedAt()))
                .toList();
        return new EventOf(links, outcomes.get(), new ReplayStates(tables).of(organizations, linked));
    }

    List<String> ids() {
        return Stream.concat(
                        links.stream().map(LinkedEvent::eventId),
                        outcomes.stream().map(EventOutcome::eventId))
                .distinct()
                .sorted()
                .toList();
    }

    Optional<EventStory> story(String id) {
        Predicate<LinkedEvent> deleted = link -> ReplayStates.find(replays, link.replayId(), link.replayProjectId())
                .map(KnownReplay::archived)
                .orElse(false);
        List<EventOutcome> current = outcomes.stream()
                .map(outcome -> links.stream()
                        .filter(link -> link.projectId() == outcome.projectId())
                        .filter(link -> link.occurrence() == outcome.occurrence())
                        .filter(deleted)
                        .findFirst()
                        .map(link -> outcome.archived(link.replayId()))
                        .orElse(outcome))
                .toList();
        return Optional.of(
                new EventStory(id, links.stream().filter(deleted.negate()).toList(), current, replays));
    }
}
