package io.replaylinker.mcp.tool;

import java.util.List;

/** All tools, in the order in which clients list them. */
public final class Tools {

    public static final List<Tool> ALL = List.of(
            IssueTools.SEARCH,
            ReplayTools.FIND,
            ReplayTools.TIME_LINE,
            ErrorTools.CARD,
            ErrorTools.REASON,
            TraceTools.TREE,
            TraceTools.SPANS,
            IssueTools.SERVICES,
            IssueTools.STATISTICS);

    private Tools() {}
}
