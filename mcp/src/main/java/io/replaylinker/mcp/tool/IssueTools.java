package io.replaylinker.mcp.tool;

import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.clickhouse.query.IssueCriteria;
import io.replaylinker.runtime.answer.IssuesQuestion;
import io.replaylinker.runtime.answer.OrganizationOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ServicesQuestion;
import io.replaylinker.runtime.answer.ShareQuestion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tools for issues, and for all errors together. */
final class IssueTools {

    private static final String TEXT = "text";
    private static final String TYPE = "type";
    private static final String FUNCTION = "function";
    private static final String FILE = "file";
    private static final String ISSUE = "issue";
    private static final String BY = "by";
    private static final int SHORTEST = IssueCriteria.SHORTEST;
    private static final int LONGEST = IssueCriteria.LONGEST;

    static final Tool SEARCH = new Tool(
            "search_issues",
            "Search issues",
            "Issues by a text in them, by their type, or by a function and file on the stack: the ten newest, each with"
                    + " whether a replay shows it. Give one of text, type, or function with or without file.",
            List.of(
                    Parameter.text(
                            TEXT,
                            SHORTEST,
                            LONGEST,
                            "Part of the message, type or culprit, in any case; the last 90 days."),
                    Parameter.text(TYPE, SHORTEST, LONGEST, "Exact type, such as TypeError; the last 90 days."),
                    Parameter.text(
                            FUNCTION, SHORTEST, LONGEST, "Exact name of a function on the stack; the last 28 days."),
                    Parameter.text(FILE, SHORTEST, LONGEST, "Path of a file on the stack; the last 28 days."),
                    Parameter.PROJECT,
                    Parameter.SINCE),
            "issues, each with its latest event, trace and replay.",
            "get_error with the latest event; find_replays or get_services with the issue.",
            "Try fewer words, or the type alone.",
            IssueTools::search);

    static final Tool SERVICES = new Tool(
            "get_services",
            "Services around an issue",
            "Which projects call which around an issue, and how many of the calls fail, from the traces of its latest"
                    + " errors.",
            List.of(Parameter.number(ISSUE, "Number of the issue (group id).").required()),
            "issue, projects, traces, edges (caller, called, calls, failed).",
            "find_replays with the issue; search_issues for its latest event.",
            "search_issues finds issues by their words.",
            arguments -> new ServicesQuestion(issue(arguments), OrganizationOptions.of(arguments.organization())));

    static final Tool STATISTICS = new Tool(
            "get_statistics",
            "Share of errors with a replay",
            "How many backend errors have a replay, by method, and why the others have none. The last 24 hours, or from"
                    + " since on.",
            List.of(
                    Parameter.choice(BY, List.of("hour", "day"), "Also by hour or by day, in UTC."),
                    Parameter.PROJECT,
                    Parameter.SINCE),
            "Counts by method and outcome, and by step of time.",
            "find_replays lists replays with backend errors.",
            "Give an earlier since.",
            arguments -> new ShareQuestion(step(arguments), arguments.scope()));

    private IssueTools() {}

    private static Question<?> search(Arguments arguments) throws BadArgumentException {
        String text = arguments.text(TEXT);
        String type = arguments.text(TYPE);
        String function = arguments.text(FUNCTION);
        String file = arguments.text(FILE);
        if (!IssueCriteria.isOne(text, type, function, file)) {
            throw new BadArgumentException("give one of text, type, or function with or without file");
        }
        for (String given : new @Nullable String[] {text, type, function, file}) {
            if (given != null && !IssueCriteria.fits(given)) {
                throw new BadArgumentException(
                        "what is searched for has " + SHORTEST + " to " + LONGEST + " characters");
            }
        }
        return new IssuesQuestion(new IssueCriteria(text, type, function, file), arguments.scope());
    }

    static long issue(Arguments arguments) throws BadArgumentException {
        Long issue = arguments.number(ISSUE);
        if (issue == null || issue == 0) {
            throw new BadArgumentException("issue must be the number of an issue");
        }
        return issue;
    }

    private static CoverageQuestion.@Nullable Step step(Arguments arguments) throws BadArgumentException {
        String by = arguments.text(BY);
        if (by == null) {
            return null;
        }
        try {
            return CoverageQuestion.Step.valueOf(by.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadArgumentException("by must be hour or day");
        }
    }
}
