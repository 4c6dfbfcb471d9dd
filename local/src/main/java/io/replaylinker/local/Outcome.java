package io.replaylinker.local;

import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Explanation;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Result of linking a dump.
 *
 * @param links as read from ClickHouse, by event id
 * @param unlinked the last verdict on each event that has no link, in the order of time: those that claim a replay, and backend errors
 * @param unpublished how many other events have no link, by reason: they claim no replay and are no backend errors
 * @param coverage backend errors by outcome, as the command {@code coverage} counts them
 * @param control known records that the join does not use
 * @param prefixes of the ids of the requested events
 * @param explanations of these events, as far as the join remembered them at the end of the dump
 */
record Outcome(
        DumpLoad input,
        List<LinkedEvent> links,
        List<Unlinked> unlinked,
        Map<UnlinkedReason, Long> unpublished,
        List<Coverage.Count> coverage,
        List<DeadLetter> deadLetters,
        long control,
        List<String> prefixes,
        List<Explanation> explanations) {

    /** Verdicts on events that claim a replay, each of which the report explains. */
    List<Unlinked> claimed() {
        return unlinked.stream().filter(Unlinked::getClaimed).toList();
    }

    /** How many published verdicts without a link there are for this reason. */
    long unlinkedFor(UnlinkedReason reason, Predicate<Unlinked> which) {
        return unlinked.stream()
                .filter(verdict -> verdict.getReason() == reason)
                .filter(which)
                .count();
    }

    long linkedBy(String method) {
        return links.stream().filter(link -> link.method().equals(method)).count();
    }
}
