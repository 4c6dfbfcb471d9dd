package io.replaylinker.local;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.sinks.clickhouse.LinkRow;
import io.replaylinker.topology.join.Explanation;
import java.util.List;

/**
 * What became of a dump.
 *
 * @param links as read from ClickHouse, by event id
 * @param unlinked the last verdict on each event that claimed a replay and has no link
 * @param unclaimed events with nothing but a trace, of which no replay knew
 * @param control records that are well known and not for us
 * @param explanations of the events that were asked for, as the join knew them before the last windows were closed
 */
record Outcome(
        DumpLoad input,
        List<LinkRow> links,
        List<Unlinked> unlinked,
        List<DeadLetter> deadLetters,
        long unclaimed,
        long control,
        List<Explanation> explanations) {

    long linkedBackendErrors() {
        return links.stream()
                .filter(link -> input.events().isBackendError(link.eventId()))
                .map(LinkRow::eventId)
                .distinct()
                .count();
    }

    long linkedBy(String method) {
        return links.stream().filter(link -> link.method().equals(method)).count();
    }
}
