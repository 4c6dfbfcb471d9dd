package io.replaylinker.mcp.tool;

import io.replaylinker.runtime.answer.OrganizationOptions;
import io.replaylinker.runtime.answer.SpansQuestion;
import io.replaylinker.runtime.answer.TraceTreeQuestion;
import io.replaylinker.runtime.answer.TreeOptions;
import java.util.List;

/** Tools for a trace and the calls in it. */
final class TraceTools {

    private static final String ID = "id";

    private static final Parameter DEPTH = Parameter.count("depth", 100, 20, "Levels of the tree.");
    private static final Parameter NODES =
            Parameter.count("max_nodes", 2_000, 200, "Nodes that are read, the earliest first.");

    static final Tool TREE = new Tool(
            "get_trace",
            "Trace tree",
            "A whole trace as a tree, across services: the replay, the calls with their times, and the errors in them.",
            List.of(
                    Parameter.id(ID, "Id of a trace, or of an event, span or replay in it; 8 digits or more.")
                            .required(),
                    DEPTH,
                    NODES),
            "id, traces; each with trace_id, replays and roots, whose nodes have children.",
            "get_error with the id of an error; get_spans with the id of a slow call; get_replay with a replay.",
            "find_replays with the trace or event, which are kept longer than trees; search_issues by words.",
            arguments -> new TraceTreeQuestion(
                    arguments.id(ID),
                    TreeOptions.of(arguments.organization(), arguments.count(DEPTH), arguments.count(NODES))));

    static final Tool SPANS = new Tool(
            "get_spans",
            "Spans of a call",
            "Where the time of a call went: the spans inside one transaction or segment, and their sums by operation.",
            List.of(Parameter.id(ID, "Event id or span id of the call, as get_trace shows it; 8 digits or more.")
                    .required()),
            "The fields of the call, operations, spans.",
            "get_trace with the same id for the calls around it.",
            "get_trace with the trace or an event in it shows the ids of calls.",
            arguments -> new SpansQuestion(arguments.id(ID), OrganizationOptions.of(arguments.organization())));

    private TraceTools() {}
}
