package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A trace in memory: its row, its spans, and which spans its waiting events look for. */
final class Trace {

    private TraceRow row;
    private final Map<Long, List<SpanNode>> nodes = new HashMap<>(4);
    /** How many spans each observer has. */
    private final Map<Long, Integer> nodeCounts = new HashMap<>(2);

    private boolean hasEvents;

    /** Spans that an event's path would go on at; meaningless while {@link #looked} is false. */
    private final Set<Long> wanted = new HashSet<>(4);

    /** Projects whose segments some event of theirs is held against. */
    private final Set<Long> wantedProjects = new HashSet<>(2);

    /** Whether all events were judged since the trace is in memory. */
    private boolean looked;

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

    /** From here on all events of the trace are judged, and note what they look for. */
    void startJudging() {
        wanted.clear();
        wantedProjects.clear();
        looked = true;
    }

    void want(long span) {
        wanted.add(span);
    }

    void wantSegmentOf(long project) {
        wantedProjects.add(project);
    }

    /** Whether some event's path may lead elsewhere once this span is there. */
    boolean wants(SpanNode added) {
        return !looked || wanted.contains(added.span()) || (added.call() && wantedProjects.contains(added.project()));
    }
}
