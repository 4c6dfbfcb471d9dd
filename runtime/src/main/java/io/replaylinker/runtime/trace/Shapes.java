package io.replaylinker.runtime.trace;

import io.replaylinker.clickhouse.query.ContextNode;

/** What makes two neighbours equal: titles, statuses and projects, of themselves and of all that lies under them. */
final class Shapes {

    /** Deeper trees are not compared: neighbours that deep stay apart. */
    private static final int DEEPEST = 32;

    private Shapes() {}

    static String of(TraceTree.Node node) {
        StringBuilder shape = new StringBuilder();
        append(node, shape, 0);
        return shape.toString();
    }

    private static void append(TraceTree.Node node, StringBuilder shape, int depth) {
        ContextNode of = node.of();
        if (depth > DEEPEST) {
            shape.append(of.eventId());
            return;
        }
        shape.append(of.isCall())
                .append('\u0000')
                .append(of.op())
                .append('\u0000')
                .append(of.name())
                .append('\u0000')
                .append(of.title())
                .append('\u0000')
                .append(of.status())
                .append('\u0000')
                .append(of.projectId())
                .append('\u0000')
                .append(of.groupId())
                .append(node.missingParent() != null)
                .append('(');
        node.children().forEach(child -> append(child, shape, depth + 1));
        shape.append(')');
    }
}
