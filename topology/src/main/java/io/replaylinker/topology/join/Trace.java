package io.replaylinker.topology.join;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A trace in memory: its row, its spans, and which spans its waiting events look for. */
final class Trace {

    /** Some 100 bytes each. */
    private static final int MOST_WANTS = 10_000;

    private TraceRow row;
    private final Map<Long, List<SpanNode>> nodes = new HashMap<>(4);
    /** How many spans each observer has. */
    private final Map<Long, Integer> nodeCounts = new HashMap<>(2);

    private boolean hasEvents;

    /** Keys of events by the span at which their path would continue; complete only while {@link #looked} is true. */
    private final Map<Long, Set<ByteBuffer>> wanted = new HashMap<>(4);

    /** Keys of events by their project, if they are compared with its segments. */
    private final Map<Long, Set<ByteBuffer>> wantedOfProjects = new HashMap<>(2);

    private int wants;

    /** Whether the spans that all events look for are known. If not, a new span may lead any of them elsewhere. */
    private boolean looked;

    /** Key of the event that is being judged, null for one that is not to be noted. */
    private @Nullable ByteBuffer judged;

    Trace(TraceRow row, boolean hasEvents) {
        this.row = row;
        this.hasEvents = hasEvents;
        this.looked = !hasEvents;
    }

    TraceRow row() {
        return row;
    }

    void row(TraceRow changed) {
        row = changed;
    }

    boolean hasEvents() {
        return hasEvents;
    }

    void addEvent() {
        hasEvents = true;
    }

    /** Number of spans of all observers. */
    int nodeCount() {
        return nodeCounts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int nodeCount(long observer) {
        return nodeCounts.getOrDefault(observer, 0);
    }

    /** The span of this id by the same observer, null for none. */
    @Nullable SpanNode find(long observer, long span) {
        for (SpanNode node : nodes.getOrDefault(span, List.of())) {
            if (node.observer() == observer) {
                return node;
            }
        }
        return null;
    }

    void put(SpanNode node) {
        List<SpanNode> alike = nodes.computeIfAbsent(node.span(), id -> new ArrayList<>(1));
        if (!alike.removeIf(other -> other.observer() == node.observer())) {
            nodeCounts.merge(node.observer(), 1, Integer::sum);
        }
        alike.add(node);
    }

    void remove(Predicate<SpanNode> gone) {
        nodes.values().removeIf(alike -> {
            alike.removeIf(node -> {
                boolean isGone = gone.test(node);
                if (isGone) {
                    nodeCounts.merge(node.observer(), -1, Integer::sum);
                }
                return isGone;
            });
            return alike.isEmpty();
        });
    }

    List<SpanNode> spans(long id) {
        return nodes.getOrDefault(id, List.of());
    }

    Collection<List<SpanNode>> spans() {
        return nodes.values();
    }

    /** Starts judging all events of the trace, which note the spans that they look for. */
    void startJudging() {
        wanted.clear();
        wantedOfProjects.clear();
        wants = 0;
        looked = true;
    }

    /**
     * Sets the event that is judged next; the spans that it looks for are noted under its key.
     *
     * @param key null: not to be noted
     */
    void judging(byte @Nullable [] key) {
        judged = key == null ? null : ByteBuffer.wrap(key);
    }

    void want(long span) {
        note(wanted, span);
    }

    void wantSegmentOf(long project) {
        note(wantedOfProjects, project);
    }

    private void note(Map<Long, Set<ByteBuffer>> wantedBy, long id) {
        if (judged == null || !looked) {
            return;
        }
        if (wantedBy.computeIfAbsent(id, any -> new HashSet<>(2)).add(judged) && ++wants > MOST_WANTS) {
            // With so many events on one trace it is cheaper to judge all of them than to remember what each looks for.
            startJudging();
            looked = false;
        }
    }

    /** Whether it is not known which events a new span leads elsewhere. */
    boolean mayConcernAll() {
        return !looked;
    }

    /** Keys of the events whose path may lead elsewhere with this new span; they are to be judged again. */
    Set<byte[]> concernedBy(SpanNode added) {
        Set<ByteBuffer> keys = new HashSet<>();
        take(wanted, added.span(), keys);
        if (added.call()) {
            take(wantedOfProjects, added.project(), keys);
        }
        return keys.stream().map(ByteBuffer::array).collect(Collectors.toUnmodifiableSet());
    }

    private void take(Map<Long, Set<ByteBuffer>> wantedBy, long id, Set<ByteBuffer> keys) {
        Set<ByteBuffer> found = wantedBy.remove(id);
        if (found != null) {
            wants -= found.size();
            keys.addAll(found);
        }
    }
}
