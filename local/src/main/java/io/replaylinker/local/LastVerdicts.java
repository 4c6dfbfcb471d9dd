package io.replaylinker.local;

import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last verdict on each event that has no link. */
final class LastVerdicts {

    private final Map<Event, Unlinked> last = new LinkedHashMap<>();

    /** An issue-platform event may share its id with the transaction that it was found in. */
    private record Event(String id, boolean occurrence) {}

    /** @param published in the order of their topic */
    LastVerdicts(List<Unlinked> published) {
        published.forEach(verdict -> last.put(
                new Event(
                        Ids.hex(verdict.getEvent().getEventId()),
                        verdict.getEvent().getOccurrence()),
                verdict));
    }

    /** Those on events that got no link after all. */
    List<Unlinked> without(List<LinkedEvent> links) {
        links.forEach(link -> last.remove(new Event(link.eventId(), link.occurrence())));
        return List.copyOf(last.values());
    }
}
