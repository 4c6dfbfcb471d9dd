package io.replaylinker.runtime.trace;

import io.replaylinker.clickhouse.query.ContextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which projects call which, from parents and children of traces.
 *
 * @param projects those of the errors, in their order
 * @param edges the most calls first
 * @param traces how many traces it was made of
 */
public record ServiceMap(List<Long> projects, List<Edge> edges, int traces) {

    public ServiceMap {
        projects = List.copyOf(projects);
        edges = List.copyOf(edges);
    }

    /**
     * Calls from one project to another.
     *
     * @param failed calls with a status that is not ok, or with an error in them
     * @param traces how many traces have such a call
     */
    public record Edge(long caller, long called, long calls, long failed, long traces) {

        private Edge plus(Edge other, boolean newTrace) {
            return new Edge(caller, called, calls + other.calls, failed + other.failed, traces + (newTrace ? 1 : 0));
        }
    }

    /**
     * Counts the calls in traces.
     *
     * @param group the issue whose projects are listed
     */
    public static ServiceMap of(long group, List<TraceTree> trees) {
        Map<String, Edge> edges = new TreeMap<>();
        Set<Long> projects = new TreeSet<>();
        for (TraceTree tree : trees) {
            Set<String> inTrace = new HashSet<>();
            List<TraceTree.Node> open = new ArrayList<>(tree.roots());
            while (!open.isEmpty()) {
                TraceTree.Node node = open.remove(open.size() - 1);
                if (node.of().groupId() == group && node.of().isError()) {
                    projects.add(node.of().projectId());
                }
                for (TraceTree.Node child : node.children()) {
                    open.add(child);
                    if (child.of().isCall()
                            && child.of().projectId() != node.of().projectId()) {
                        Edge edge = edge(node, child);
                        String key = edge.caller() + ">" + edge.called();
                        boolean isNew = inTrace.add(key);
                        edges.merge(key, edge, (known, one) -> known.plus(one, isNew));
                    }
                }
            }
        }
        return new ServiceMap(
                List.copyOf(projects),
                edges.values().stream()
                        .sorted(Comparator.comparingLong(Edge::calls)
                                .reversed()
                                .thenComparing(Edge::caller)
                                .thenComparing(Edge::called))
                        .toList(),
                trees.size());
    }

    private static Edge edge(TraceTree.Node caller, TraceTree.Node called) {
        ContextNode of = called.of();
        boolean failed = !(of.status().isEmpty() || of.status().equals("ok"))
                || called.children().stream().anyMatch(child -> child.of().isError());
        return new Edge(caller.of().projectId(), of.projectId(), 1, failed ? 1 : 0, 1);
    }
}
