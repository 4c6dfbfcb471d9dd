package io.replaylinker.clickhouse.query;

import java.util.List;

/**
 * The replay and the outcomes of an event.
 *
 * @param links usually one; more if several projects have an event with that id, or an issue-platform event shares it; empty if the event
 *     has no replay or a user deleted the replay
 * @param outcomes one per project (two with an issue-platform event), for errors and for events that claimed a replay; empty after 14 days
 * @param replays known states of the replays in links and outcomes, deleted replays included
 */
public record EventStory(
        String eventId, List<LinkedEvent> links, List<EventOutcome> outcomes, List<KnownReplay> replays) {

    public EventStory {
        links = List.copyOf(links);
        outcomes = List.copyOf(outcomes);
        replays = List.copyOf(replays);
    }

    /** The displayed id: for a streamed segment span the span id of 16 digits. */
    public String shownId() {
        return EventIds.shown(eventId);
    }
}
