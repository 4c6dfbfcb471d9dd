package io.replaylinker.local.visits;

import org.jspecify.annotations.Nullable;

/**
 * An event and the replay it truly belongs to.
 *
 * @param eventId 32 hex digits; for a segment span its span id and sixteen zeros
 * @param project the event's project
 * @param kind what it is on the wire
 * @param page where the page's trace came from
 * @param sdk the SDK of the visit's browser
 * @param replayId the replay of the visit that made the event, 32 hex digits, if that replay was sent; else null. Also null for an
 *     event of another organization than the replay's, because such a link must be refused
 * @param provable whether the wire holds proof of that link, in time for an event that waits {@link #WAIT_MS}
 * @param proofs what the proof consists of, for reports; empty if the link is not provable
 */
public record TrueEvent(
        String eventId,
        long project,
        EventKind kind,
        PageKind page,
        Sdk sdk,
        @Nullable String replayId,
        boolean provable,
        String proofs) {

    /** The default wait of a join: proof counts if the replay is observed at most this long after the event. */
    public static final long WAIT_MS = 15 * 60_000;
}
