package io.replaylinker.runtime.answer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a query for the tree of a trace. */
public final class TreeOptions {

    private static final int DEEPEST = 100;
    private static final int MOST_NODES = 10_000;
    private static final int DEFAULT_NODES = 1_000;

    @Mixin
    private OrganizationOptions organization = new OrganizationOptions();

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "" + DEEPEST,
            description = "Levels of the tree, 1 to " + DEEPEST + "; ${DEFAULT-VALUE} by default.")
    private int depth = DEEPEST;

    @Option(
            names = "--max-nodes",
            paramLabel = "N",
            defaultValue = "" + DEFAULT_NODES,
            description = "Nodes of a trace that are read, the earliest first, 1 to " + MOST_NODES
                    + "; ${DEFAULT-VALUE} by default.")
    private int maxNodes = DEFAULT_NODES;

    /** Options for callers without a command line that have checked the values. */
    public static TreeOptions of(@Nullable Long organization, int depth, int maxNodes) {
        TreeOptions options = new TreeOptions();
        options.organization = OrganizationOptions.of(organization);
        options.depth = depth;
        options.maxNodes = maxNodes;
        return options;
    }

    public List<String> problems() {
        List<String> problems = new ArrayList<>(organization.problems());
        if (depth < 1 || depth > DEEPEST) {
            problems.add("--depth " + depth + ": must be 1 to " + DEEPEST);
        }
        if (maxNodes < 1 || maxNodes > MOST_NODES) {
            problems.add("--max-nodes " + maxNodes + ": must be 1 to " + MOST_NODES);
        }
        return problems;
    }

    @Nullable Long organization() {
        return organization.organization();
    }

    int depth() {
        return depth;
    }

    int maxNodes() {
        return maxNodes;
    }

    public boolean json() {
        return organization.json();
    }
}
