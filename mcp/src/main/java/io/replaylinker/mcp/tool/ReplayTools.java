package io.replaylinker.mcp.tool;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.ReplayCriteria;
import io.replaylinker.runtime.answer.EventQuestion;
import io.replaylinker.runtime.answer.IssueQuestion;
import io.replaylinker.runtime.answer.PageOptions;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.ReplayQuestion;
import io.replaylinker.runtime.answer.ReplaysQuestion;
import io.replaylinker.runtime.answer.TraceQuestion;
import io.replaylinker.runtime.cli.Since;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Tools for replays. */
final class ReplayTools {

    private static final String ISSUE = "issue";
    private static final String TRANSACTION = "transaction";
    private static final String TRACE = "trace";
    private static final String EVENT = "event";
    private static final String URL = "url";
    private static final String REPLAY = "replay";
    private static final String WITH_BACKEND_ERROR = "with_backend_error";
    private static final String MIN_DURATION = "min_duration";
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_URL = 2_000;

    private static final Parameter HITS = Parameter.count("limit", 100, 10, "Replays on a page.");
    private static final Parameter EVENTS = Parameter.count("limit", 200, 50, "Events on a page.");

    static final Tool FIND = new Tool(
            "find_replays",
            "Find replays",
            "Session replays, newest first: of an issue, a transaction, a trace or an event, or by an address of one of"
                    + " them in Sentry. Give one of these, or none for all replays, by length and backend errors.",
            List.of(
                    Parameter.number(ISSUE, "Number of the issue (group id), also one that was merged since."),
                    Parameter.text(
                            TRANSACTION, 1, LONGEST_NAME, "Whole name of a transaction or route, as GET /api/cart."),
                    Parameter.id(TRACE, "Id of a trace, or its first 8 digits or more."),
                    Parameter.id(EVENT, "Id of an error or transaction event, or its first 8 digits or more."),
                    Parameter.text(
                            URL,
                            8,
                            LONGEST_URL,
                            "Address of an issue, event, replay or trace in Sentry; only its ids are read."),
                    Parameter.flag(WITH_BACKEND_ERROR, "Of all replays, only those with a backend error."),
                    Parameter.text(MIN_DURATION, 2, 12, "Of all replays, only those of this length, as 60s or 5m."),
                    Parameter.PROJECT,
                    Parameter.SINCE,
                    HITS,
                    Parameter.AFTER),
            "replays with the counts of their events, and next, the token of the next page; of an issue also merged_into,"
                    + " the issue whose replays these are if it was merged, and deleted; of an event: links, outcomes and"
                    + " replays; of the address of a replay: what get_replay has.",
            "get_replay with a replay for its time line; get_trace with a trace, event or replay for what the backend"
                    + " did.",
            "explain_link with an event tells why it has no replay; search_issues finds issues by their words.",
            ReplayTools::find);

    static final Tool TIME_LINE = new Tool(
            "get_replay",
            "Time line of a replay",
            "A session replay and its backend events in the order of time, each with its offset from the start: errors,"
                    + " calls, feedback.",
            List.of(
                    Parameter.id(REPLAY, "Id of the replay, or its first 8 digits or more.")
                            .required(),
                    Parameter.PROJECT,
                    Parameter.SINCE,
                    EVENTS,
                    Parameter.AFTER),
            "replay, events, and next, the token of the next page.",
            "get_error with an event that is an error; get_trace with an event for the calls around it.",
            "find_replays lists replays; get_trace takes the id of anything in a trace.",
            arguments -> new ReplayQuestion(arguments.id(REPLAY), arguments.page(EVENTS, Cursor.Order.EVENTS)));

    private ReplayTools() {}

    private static Question<?> find(Arguments arguments) throws BadArgumentException {
        List<String> given = Stream.of(ISSUE, TRANSACTION, TRACE, EVENT, URL)
                .filter(arguments::has)
                .toList();
        if (given.size() > 1) {
            throw new BadArgumentException("give only one of " + String.join(", ", given));
        }
        return given.isEmpty() ? all(arguments) : of(given.get(0), arguments);
    }

    private static Question<?> of(String kind, Arguments arguments) throws BadArgumentException {
        if (kind.equals(URL)) {
            return SentryAddress.parse(arguments.required(URL)).find(arguments);
        }
        return switch (kind) {
            case ISSUE -> new IssueQuestion(IssueTools.issue(arguments), page(arguments));
            case TRANSACTION -> ReplaysQuestion.transaction(arguments.required(TRANSACTION), page(arguments));
            case TRACE -> ofTrace(arguments.id(TRACE), arguments);
            default -> ofEvent(arguments.id(EVENT), arguments);
        };
    }

    static Question<?> ofIssue(long issue, Arguments arguments) throws BadArgumentException {
        return new IssueQuestion(issue, page(arguments));
    }

    static Question<?> ofTrace(IdPrefix trace, Arguments arguments) throws BadArgumentException {
        return new TraceQuestion(trace, page(arguments));
    }

    static Question<?> ofEvent(IdPrefix event, Arguments arguments) throws BadArgumentException {
        return new EventQuestion(event, arguments.scope());
    }

    static Question<?> ofReplay(IdPrefix replay, Arguments arguments) throws BadArgumentException {
        return new ReplayQuestion(replay, PageOptions.of(arguments.scope(), arguments.count(HITS), null));
    }

    private static Question<?> all(Arguments arguments) throws BadArgumentException {
        String least = arguments.text(MIN_DURATION);
        Duration length = least == null
                ? Duration.ZERO
                : Since.length(least)
                        .orElseThrow(() ->
                                new BadArgumentException(MIN_DURATION + " must be a duration, such as 60s, 5m or 1h"));
        ReplayCriteria criteria = new ReplayCriteria(length, arguments.flag(WITH_BACKEND_ERROR));
        return new ReplaysQuestion(
                "replays", "matching replays", page(arguments), (lookup, filter) -> lookup.replays(criteria, filter));
    }

    private static PageOptions page(Arguments arguments) throws BadArgumentException {
        return arguments.page(HITS, Cursor.Order.REPLAYS);
    }
}
