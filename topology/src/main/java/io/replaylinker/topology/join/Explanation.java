package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one event in one step of the join, and the decision on it. Times in epoch milliseconds. */
public sealed interface Explanation {

    /** The evidence of the event; in confirm with the replay that was chosen. */
    Claim claim();

    /** Why there is no link so far; null when there is one. */
    @Nullable UnlinkedReason missing();

    /** Until when later input can still change it. */
    long untilMs();

    /** Whether its wait is over and "unlinked" was emitted. */
    boolean closed();

    /**
     * An explanation of resolve, by trace.
     *
     * @param trace the trace of the lookup
     * @param visits on the trace that the event may see
     * @param foreign number of other visits there, of other organizations or of projects whose organization is unknown
     * @param crowded the trace has more visits or spans than are kept
     * @param path span by span from the event upwards; empty where no span above it is known
     * @param pathEnd where the path ends
     * @param bySegment the path begins at the one segment of the event's project that holds its time
     * @param chosen the replay that was chosen for the event, to be confirmed
     * @param method how it was chosen; UNKNOWN for none
     */
    record OnTrace(
            Claim claim,
            Id trace,
            List<SeenVisit> visits,
            int foreign,
            boolean crowded,
            List<PathSpan> path,
            PathEnd pathEnd,
            boolean bySegment,
            @Nullable Id chosen,
            Method method,
            double confidence,
            @Nullable UnlinkedReason missing,
            long untilMs,
            boolean closed)
            implements Explanation {}

    /**
     * Where a path ends: at a span that names a replay, at one of a browser that names none, or where a span is
     * unknown.
     */
    enum PathEnd {
        REPLAY,
        VISIT,
        OPEN
    }

    /**
     * A visit on a trace.
     *
     * @param replay null for a page load that names none
     * @param rootSpan span id of that page load, 16 hex digits; empty for a replay
     * @param sameUser it names the same user or address as the event
     */
    record SeenVisit(
            @Nullable Id replay, String rootSpan, boolean sameUser, long startedMs, long lastSeenMs, long gapMs) {}

    /**
     * A span on the path.
     *
     * @param span id, 16 hex digits
     * @param client of a browser or app
     * @param replay that it names, null for none
     */
    record PathSpan(
            String span,
            long projectId,
            boolean client,
            boolean root,
            boolean segment,
            @Nullable Id replay) {}

    /**
     * An explanation of choose, by event, where there was more than one lookup.
     *
     * @param named replays whose recorders name the event
     */
    record AmongLookups(
            Claim claim,
            List<Id> named,
            @Nullable Id chosen,
            Method method,
            @Nullable UnlinkedReason missing,
            long untilMs,
            boolean closed)
            implements Explanation {}

    /**
     * An explanation of confirm, by replay.
     *
     * @param seen observations of the replay by project; empty when no segment was seen
     * @param inSession whether the event lies within the replay; also true when there is no link
     * @param withdrawn another choice was made since
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
     * Observations of a replay by one project.
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
