package io.replaylinker.mcp.tool;

import io.replaylinker.runtime.answer.ErrorQuestion;
import io.replaylinker.runtime.answer.OrganizationOptions;
import io.replaylinker.runtime.answer.WhyQuestion;
import java.util.List;

/** Tools for a single error. */
final class ErrorTools {

    private static final String EVENT = "event";

    static final Tool CARD = new Tool(
            "get_error",
            "Error card",
            "What an error is: class, message, issue, trace, the program's own stack frames, and the replay that shows"
                    + " it, with the moment in it.",
            List.of(Parameter.id(EVENT, "Id of the error event, or its first 8 digits or more.")
                    .required()),
            "The fields of the error, frames, links (replays that show it).",
            "get_trace with the event for what else happened in its trace; get_replay with a replay for the time line;"
                    + " explain_link if no replay shows it.",
            "search_issues finds errors by their words; get_trace takes the id of anything in a trace.",
            arguments -> new ErrorQuestion(arguments.id(EVENT), OrganizationOptions.of(arguments.organization())));

    static final Tool REASON = new Tool(
            "explain_link",
            "Why an event has a replay or none",
            "Why an event is linked to a replay, or why it has none, and what would change that.",
            List.of(
                    Parameter.id(EVENT, "Id of the event, or its first 8 digits or more.")
                            .required(),
                    Parameter.PROJECT),
            "event_id, links, outcomes (why it has no link), replays.",
            "get_replay with the replay, get_trace with the event.",
            "get_trace takes the id of anything in a trace; search_issues finds errors by their words.",
            arguments -> new WhyQuestion(arguments.id(EVENT), arguments.scope()));

    private ErrorTools() {}
}
