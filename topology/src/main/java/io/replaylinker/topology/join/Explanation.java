package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one step of the join knows of one event, and what it makes of it. Times in epoch milliseconds. */
public sealed interface Explanation {

    /** What the event claims; in confirm with the replay that resolve chose. */
    Claim claim();

    /** Why there is no link by now; null when there is one. */
    @Nullable UnlinkedReason missing();

    /** Until when something that arrives can still change it. */
    long untilMs();

    /** Its wait is over and it was told as unlinked. */
    boolean closed();

    /**
     * Resolve, by trace.
     *
     * @param replays that were seen on the trace and may be seen by the event
     * @param foreign how many others were seen there, of other organizations or of projects that nobody has placed yet
     * @param shared the trace has more replays than are kept
     * @param chosen the replay that the event was given, to be confirmed
     */
    record OnTrace(
            Claim claim,
            List<Candidate> replays,
            int foreign,
            boolean shared,
            @Nullable Id chosen,
            double confidence,
            @Nullable UnlinkedReason missing,
            long untilMs,
            boolean closed)
            implements Explanation {}

    /** A replay on a trace, and how far the event lies from its life there: 0 inside. */
    record Candidate(Id replay, long startedMs, long lastSeenMs, long gapMs) {}

    /**
     * Confirm, by replay.
     *
     * @param seen what projects told of the replay; empty when no segment was seen
     * @param inSession whether the event lies in the replay's life; true too when there is no link
     * @param withdrawn resolve has found a better replay since, or too many
     */
    record OfReplay(
            Claim claim,
            List<Seen> seen,
            boolean inSession,
            boolean withdrawn,
            @Nullable UnlinkedReason missing,
            long untilMs,
            boolean closed)
            implements Explanation {}

    /**
     * What one project told of a replay.
     *
     * @param organizationId 0 while unknown
     * @param proven a segment was seen, not only a request to archive it
     */
    record Seen(
            long projectId,
            long organizationId,
            long startedMs,
            long lastSeenMs,
            int lastSegment,
            boolean proven,
            boolean archived) {}
}
