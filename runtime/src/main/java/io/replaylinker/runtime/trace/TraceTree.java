package io.replaylinker.runtime.trace;

import io.replaylinker.clickhouse.query.ContextNode;
import io.replaylinker.clickhouse.query.TraceContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a trace as a tree: calls under the calls that made them, errors under the call in which they happened.
 *
 * <p>A call's parent is the call whose span is its parent span, else the call whose segment contains that span: the usual case of an HTTP
 * call, which hangs on the client span of its caller. An error lies in the call whose span is its span, else in the one whose segment
 * contains its span, else the same for its parent span. An issue-platform event lies in the call that it was found in. A node whose parent
 * is not in the trace is a root. Nodes of one organization never lie under those of another, whatever their ids claim.
 */
public final class TraceTree {

    private final TraceContext.Trace trace;
    private final List<Node> roots;

    /**
     * A node with what lies under it: errors first, then by their start.
     *
     * @param missingParent span id of a parent that is not in the trace; null when it has none, or it is there
     */
    public record Node(
            ContextNode of, List<Node> children, @Nullable String missingParent) {

        /** How many nodes lie under it, and itself. */
        public int size() {
            // A trace may be a chain of a thousand calls: no recursion.
            int size = 0;
            List<Node> open = new ArrayList<>(List.of(this));
            while (!open.isEmpty()) {
                Node node = open.remove(open.size() - 1);
                size++;
                open.addAll(node.children());
            }
            return size;
        }
    }

    private TraceTree(TraceContext.Trace trace, List<Node> roots) {
        this.trace = trace;
        this.roots = List.copyOf(roots);
    }

    /** Builds the tree of the nodes that were read. Claimed parents that form a circle are cut at the node that began first. */
    public static TraceTree of(TraceContext.Trace trace) {
        Parents parents = new Parents(trace);
        Map<ContextNode, ContextNode> parentOf = new HashMap<>();
        for (ContextNode node : trace.nodes()) {
            ContextNode parent = parents.of(node);
            if (parent != null) {
                parentOf.put(node, parent);
            }
        }
        trace.nodes().forEach(node -> cutCircle(node, parentOf));
        Map<ContextNode, Node> nodes = new HashMap<>();
        for (ContextNode node : trace.nodes()) {
            String missing = parentOf.containsKey(node) ? null : parents.missing(node);
            nodes.put(node, new Node(node, new ArrayList<>(), missing));
        }
        List<Node> roots = new ArrayList<>();
        for (ContextNode node : trace.nodes()) {
            ContextNode parent = parentOf.get(node);
            Node own = Objects.requireNonNull(nodes.get(node));
            if (parent == null) {
                roots.add(own);
            } else {
                Objects.requireNonNull(nodes.get(parent)).children().add(own);
            }
        }
        Comparator<Node> order = Comparator.comparing((Node node) -> node.of().isCall())
                .thenComparing(node -> node.of().startedAt())
                .thenComparing(node -> node.of().eventId());
        nodes.values().forEach(node -> node.children().sort(order));
        roots.sort(Comparator.comparing((Node node) -> node.of().startedAt())
                .thenComparing(node -> node.of().eventId()));
        return new TraceTree(trace, roots);
    }

    private static void cutCircle(ContextNode start, Map<ContextNode, ContextNode> parentOf) {
        Set<ContextNode> seen = new HashSet<>();
        ContextNode at = start;
        while (at != null && seen.add(at)) {
            at = parentOf.get(at);
        }
        if (at == null) {
            return;
        }
        // The circle begins at this node. The first in time becomes a root.
        ContextNode first = at;
        for (ContextNode next = parentOf.get(at); next != null && !next.equals(at); next = parentOf.get(next)) {
            if (next.startedAt().isBefore(first.startedAt())) {
                first = next;
            }
        }
        parentOf.remove(first);
    }

    public String traceId() {
        return trace.traceId();
    }

    /** What was read: the nodes without their order, and the replays. */
    public TraceContext.Trace trace() {
        return trace;
    }

    /** The nodes without a parent in the trace, by their start. */
    public List<Node> roots() {
        return roots;
    }

    /** Finds the parents of nodes by span ids. The first of several nodes with one span id counts. */
    private static final class Parents {
        private final Map<String, ContextNode> callsBySpan = new HashMap<>();
        private final Map<String, ContextNode> callsByEvent = new HashMap<>();
        private final Map<String, ContextNode> callsByInner = new HashMap<>();

        Parents(TraceContext.Trace trace) {
            for (ContextNode node : trace.nodes()) {
                if (node.isCall()) {
                    callsBySpan.putIfAbsent(key(node.organizationId(), node.spanId()), node);
                    callsByEvent.putIfAbsent(key(node.organizationId(), node.eventId()), node);
                }
            }
            for (TraceContext.InnerSpan inner : trace.inner()) {
                ContextNode segment = callsBySpan.get(key(inner.organizationId(), inner.segmentSpanId()));
                if (segment != null) {
                    callsByInner.putIfAbsent(key(inner.organizationId(), inner.spanId()), segment);
                }
            }
        }

        private static String key(long organization, String id) {
            return organization + "/" + id;
        }

        @Nullable ContextNode of(ContextNode node) {
            if (node.isCall()) {
                return above(node, node.parentSpanId());
            }
            ContextNode same = node.occurrence() ? callsByEvent.get(key(node.organizationId(), node.eventId())) : null;
            if (same != null) {
                return same;
            }
            ContextNode own = above(node, node.spanId());
            return own == null ? above(node, node.parentSpanId()) : own;
        }

        private @Nullable ContextNode above(ContextNode node, String span) {
            if (span.isEmpty()) {
                return null;
            }
            String key = key(node.organizationId(), span);
            ContextNode call = callsBySpan.get(key);
            if (node.equals(call) || call == null) {
                call = callsByInner.get(key);
            }
            return node.equals(call) ? null : call;
        }

        @Nullable String missing(ContextNode node) {
            String parent = node.isCall() || node.spanId().isEmpty() ? node.parentSpanId() : node.spanId();
            return parent.isEmpty() ? null : parent;
        }
    }
}
