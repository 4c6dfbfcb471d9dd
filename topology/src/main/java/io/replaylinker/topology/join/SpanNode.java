package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceObservation;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A span of a trace that paths may lead through: a segment, the root of a transaction, or a client or producer span
 * inside one. The result of merging does not depend on the order.
 *
 * @param observer see {@link TraceRow}
 * @param span id, never 0
 * @param parent id of the span above, 0 for none
 * @param replay that it names, null for none
 * @param client of a browser or app
 * @param root the page load or navigation that a visit begins with
 * @param call a segment or the root of a transaction: it holds what happens in its project meanwhile
 * @param torn two spans with this id contradict each other, so that no path leads through either
 * @param keepUntilMs epoch milliseconds of the watermark
 */
record SpanNode(
        long observer,
        long project,
        long span,
        long parent,
        @Nullable Id replay,
        boolean client,
        boolean root,
        boolean call,
        boolean buffering,
        boolean torn,
        long startedMs,
        long endedMs,
        long keepUntilMs) {

    private static final int CLIENT = 1;
    private static final int ROOT = 2;
    private static final int CALL = 4;
    private static final int BUFFERING = 8;
    private static final int TORN = 16;
    private static final int PARENT = 32;
    private static final int REPLAY = 64;

    static SpanNode of(TraceObservation observation, SpanId span, long keepUntilMs) {
        return new SpanNode(
                TraceRow.observer(observation),
                observation.getProjectId(),
                number(span),
                parent(observation.getParentSpanId(), span),
                observation.getReplayId(),
                observation.getClient(),
                observation.getRoot(),
                observation.getCall(),
                observation.getBuffering(),
                false,
                observation.getStartedMs(),
                observation.getEndedMs(),
                keepUntilMs);
    }

    static long number(SpanId span) {
        return ByteBuffer.wrap(span.bytes()).getLong();
    }

    private static long parent(@Nullable SpanId parent, SpanId span) {
        return parent == null || parent.equals(span) ? 0 : number(parent);
    }

    /** The node merged with another observation of the same span. */
    SpanNode merge(SpanNode other) {
        boolean contradicts = project != other.project
                || (parent != 0 && other.parent != 0 && parent != other.parent)
                || (replay != null && other.replay != null && !replay.equals(other.replay));
        return new SpanNode(
                observer,
                Math.min(project, other.project),
                span,
                parent == 0 || other.parent == 0 ? parent | other.parent : Math.min(parent, other.parent),
                first(replay, other.replay),
                client || other.client,
                root || other.root,
                call || other.call,
                buffering && other.buffering,
                torn || other.torn || contradicts,
                Math.min(startedMs, other.startedMs),
                Math.max(endedMs, other.endedMs),
                Math.max(keepUntilMs, other.keepUntilMs));
    }

    private static @Nullable Id first(@Nullable Id one, @Nullable Id other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Whether a path goes the same way through both. */
    boolean leadsLike(SpanNode other) {
        return project == other.project
                && parent == other.parent
                && Objects.equals(replay, other.replay)
                && client == other.client
                && root == other.root
                && call == other.call
                && buffering == other.buffering
                && torn == other.torn
                && startedMs == other.startedMs
                && (!call || endedMs == other.endedMs);
    }

    /** Whether it is the root of a trace that a server began. */
    boolean isServersRoot() {
        return call && !client && parent == 0;
    }

    /** Whether a path of this event may lead through it. */
    boolean isSeenBy(EventSummary event, Affiliations affiliations, long nowMs) {
        return keepUntilMs >= nowMs
                && affiliations.matchObserver(event.getOrganizationId(), observer) == Affiliations.Match.SAME;
    }

    /** The row but for observer and span, which its key contains. */
    byte[] toBytes(FieldWriter out) {
        out.start(Keys.NOTHING);
        out.bits8((client ? CLIENT : 0)
                | (root ? ROOT : 0)
                | (call ? CALL : 0)
                | (buffering ? BUFFERING : 0)
                | (torn ? TORN : 0)
                | (parent == 0 ? 0 : PARENT)
                | (replay == null ? 0 : REPLAY));
        out.number(project);
        if (parent != 0) {
            out.bits64(parent);
        }
        out.anyId(replay);
        out.number(startedMs);
        out.number(endedMs - startedMs);
        out.number(keepUntilMs - startedMs);
        return out.toBytes();
    }

    static SpanNode read(Rows.Row row) {
        FieldReader in = new FieldReader(row.value(), 0, row.value().length);
        int flags = in.bits8();
        long project = in.number();
        long parent = (flags & PARENT) == 0 ? 0 : in.bits64();
        Id replay = (flags & REPLAY) == 0 ? null : in.id();
        long startedMs = in.number();
        long endedMs = startedMs + in.number();
        return new SpanNode(
                Keys.observer(row.key()),
                project,
                Keys.span(row.key()),
                parent,
                replay,
                (flags & CLIENT) != 0,
                (flags & ROOT) != 0,
                (flags & CALL) != 0,
                (flags & BUFFERING) != 0,
                (flags & TORN) != 0,
                startedMs,
                endedMs,
                startedMs + in.number());
    }
}
