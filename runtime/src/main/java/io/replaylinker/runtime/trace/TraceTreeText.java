package io.replaylinker.runtime.trace;

import io.replaylinker.clickhouse.query.ContextNode;
import io.replaylinker.clickhouse.query.KnownReplay;
import io.replaylinker.runtime.cli.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a tree: a line a node, for people and for assistants. Texts of programs are {@link Quoted}.
 */
public final class TraceTreeText {

    private static final String BRANCH = "├── ";
    private static final String LAST = "└── ";
    private static final String BAR = "│   ";
    private static final String GAP = "    ";

    private final int depth;
    private final List<String> lines = new ArrayList<>();
    private long deeper;

    private TraceTreeText(int depth) {
        this.depth = depth;
    }

    /**
     * The lines of a tree, the replay first.
     *
     * @param depth how many levels are shown, 1 or more
     */
    public static List<String> lines(TraceTree tree, int depth) {
        TraceTreeText text = new TraceTreeText(depth);
        text.write(tree);
        return text.lines;
    }

    private void write(TraceTree tree) {
        lines.add("Trace " + tree.traceId());
        Replays replays = new Replays(tree.trace().replays());
        replays.all.forEach(replay -> lines.add(replay(replay)));
        level(tree.roots(), "", 1, replays);
        long shown = tree.trace().nodes().size();
        long more = tree.trace().nodeCount() - shown;
        if (deeper > 0) {
            lines.add("... " + count(deeper, "node") + " lower down; --depth shows more levels");
        }
        if (more > 0) {
            long errors = tree.trace().errorCount()
                    - tree.trace().nodes().stream().filter(ContextNode::isError).count();
            lines.add("... " + count(more, "more node") + ", " + count(errors, "error") + " among them: only the first "
                    + shown + " by time were read; --max-nodes reads more");
        }
    }

    private static String replay(KnownReplay replay) {
        Duration length = replay.length();
        return "Replay " + replay.replayId() + ", project " + Words.id(replay.projectId()) + ", started "
                + Words.time(replay.startedAt()) + " UTC"
                + (length == null ? ", no segment seen" : ", " + Words.length(length));
    }

    /** Equal neighbours become one line. Levels are few: beyond {@link #depth} nothing is visited. */
    private void level(List<TraceTree.Node> nodes, String indent, int level, Replays replays) {
        if (level > depth) {
            nodes.forEach(node -> deeper += node.size());
            return;
        }
        int from = 0;
        while (from < nodes.size()) {
            TraceTree.Node node = nodes.get(from);
            int to = from + 1;
            String shape = Shapes.of(node);
            while (to < nodes.size() && Shapes.of(nodes.get(to)).equals(shape)) {
                to++;
            }
            boolean last = to == nodes.size();
            lines.add(indent + (last ? LAST : BRANCH) + line(node, nodes.subList(from, to), replays));
            level(node.children(), indent + (last ? GAP : BAR), level + 1, replays);
            from = to;
        }
    }

    private static String line(TraceTree.Node node, List<TraceTree.Node> equal, Replays replays) {
        ContextNode of = node.of();
        List<String> parts = new ArrayList<>();
        parts.add(title(of));
        if (equal.size() > 1) {
            parts.add("×" + equal.size() + durations(equal));
        } else if (of.durationMs() != null) {
            parts.add(Words.length(Duration.ofMillis(of.durationMs())));
        }
        if (!of.status().isEmpty()) {
            parts.add(Quoted.word(of.status()));
        }
        Stream.of(
                        replays.offset(of),
                        of.shortId(),
                        "project " + Words.id(of.projectId()),
                        of.platform().isEmpty() ? null : Quoted.word(of.platform()),
                        of.groupId() == 0 ? null : "issue " + Words.id(of.groupId()),
                        of.hasProfile() ? "profile available" : null,
                        node.missingParent() == null
                                ? null
                                : "parent span " + node.missingParent().substring(0, 8)
                                        + " not found: not sampled, or its project is not read")
                .filter(part -> part != null)
                .forEach(parts::add);
        return parts.stream().collect(Collectors.joining(", "));
    }

    private static String durations(List<TraceTree.Node> equal) {
        long sum = 0;
        long longest = 0;
        for (TraceTree.Node node : equal) {
            Long took = node.of().durationMs();
            sum += took == null ? 0 : took;
            longest = Math.max(longest, took == null ? 0 : took);
        }
        return sum == 0
                ? ""
                : " together " + Words.length(Duration.ofMillis(sum)) + ", longest "
                        + Words.length(Duration.ofMillis(longest));
    }

    private static String title(ContextNode node) {
        if (node.isError()) {
            String what = node.title().isEmpty() ? node.name() : node.title();
            return (node.level().isEmpty()
                                    || node.level().equals("error")
                                    || node.level().equals("fatal")
                            ? "ERROR"
                            : "MESSAGE (" + Quoted.word(node.level()) + ")")
                    + (what.isEmpty() ? "" : ": " + Quoted.of(what));
        }
        if (node.occurrence()) {
            return "ISSUE (" + Quoted.word(node.type()) + ")"
                    + (node.title().isEmpty() ? "" : ": " + Quoted.of(node.title()));
        }
        String op = node.op().isEmpty() ? "call" : Quoted.word(node.op());
        return node.name().isEmpty() ? op : op + " - " + Quoted.of(node.name());
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** The replays of a tree, and where its nodes lie in them. */
    private static final class Replays {
        private final List<KnownReplay> all;

        Replays(List<KnownReplay> all) {
            this.all = all;
        }

        /** Linked nodes have their offset; in a trace with one replay others have one too, in brackets, if they lie within it. */
        @Nullable String offset(ContextNode node) {
            Duration offset = node.offset();
            ContextNode.LinkedReplay linked = node.replay();
            if (offset != null && linked != null) {
                String of = all.size() > 1 ? " of replay " + linked.replayId().substring(0, 8) : "";
                return Words.offset(offset) + of;
            }
            if (all.size() != 1) {
                return null;
            }
            Instant started = all.get(0).startedAt();
            Instant ended = all.get(0).lastSeenAt();
            boolean within = ended != null
                    && !node.startedAt().isBefore(started)
                    && !node.startedAt().isAfter(ended);
            return within ? "(" + Words.offset(Duration.between(started, node.startedAt())) + ", not linked)" : null;
        }
    }
}
