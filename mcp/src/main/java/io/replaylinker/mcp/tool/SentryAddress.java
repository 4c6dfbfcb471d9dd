package io.replaylinker.mcp.tool;

import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.answer.Question;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the address of a page in Sentry names. The address is never called.
 *
 * @param id an id, or the number of an issue
 */
record SentryAddress(Kind kind, String id) {

    /** What pages are about, the most exact first: a page of an event is one of its issue. */
    enum Kind {
        EVENT("/events/([0-9a-f-]{32,36})(?![0-9a-f])"),
        REPLAY("/replays/([0-9a-f-]{32,36})(?![0-9a-f])"),
        TRACE("/trace/([0-9a-f-]{32,36})(?![0-9a-f])"),
        ISSUE("/issues/([1-9][0-9]{0,18})(?![0-9])");

        private final Pattern path;

        Kind(String path) {
            this.path = Pattern.compile(path, Pattern.CASE_INSENSITIVE);
        }
    }

    static SentryAddress parse(String address) throws BadArgumentException {
        for (Kind kind : Kind.values()) {
            Matcher path = kind.path.matcher(address);
            if (path.find()) {
                return new SentryAddress(kind, path.group(1));
            }
        }
        throw new BadArgumentException("url must be the address of an issue, event, replay or trace in Sentry, as"
                + " https://sentry.example.com/organizations/acme/issues/4711/");
    }

    /** The query for the replays of it. */
    Question<?> find(Arguments arguments) throws BadArgumentException {
        if (kind == Kind.ISSUE) {
            return ReplayTools.ofIssue(Long.parseUnsignedLong(id), arguments);
        }
        IdPrefix whole = IdPrefix.parse(id)
                .orElseThrow(() -> new BadArgumentException("url must hold whole ids of 32 hex digits"));
        return switch (kind) {
            case EVENT -> ReplayTools.ofEvent(whole, arguments);
            case REPLAY -> ReplayTools.ofReplay(whole, arguments);
            default -> ReplayTools.ofTrace(whole, arguments);
        };
    }
}
