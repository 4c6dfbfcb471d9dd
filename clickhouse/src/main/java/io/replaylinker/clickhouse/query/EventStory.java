package io.replaylinker.clickhouse.query;

import java.util.List;

/**
 * An event's replay, and what else was said of it.
 *
 * @param links one; more only where several projects have an event of that id, or an issue-platform event has it too. None when it has no replay, or a user deleted that
 * @param outcomes one a project (two with an issue-platform event), of errors and of what claimed a replay; none when they are older than 14 days
 * @param replays the lives of the replays of links and outcomes, as far as they are known, deleted ones too
 */
public record EventStory(
        String eventId, List<LinkedEvent> links, List<EventOutcome> outcomes, List<KnownReplay> replays) {

    public EventStory {
        links = List.copyOf(links);
        outcomes = List.copyOf(outcomes);
        replays = List.copyOf(replays);
    }

    /** Its id as people see it: of a streamed segment span the span id, 16 digits. */
    public String shownId() {
        return EventIds.shown(eventId);
    }
}
