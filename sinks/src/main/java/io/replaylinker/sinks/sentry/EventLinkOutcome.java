package io.replaylinker.sinks.sentry;

import io.replaylinker.clickhouse.EventKind;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import java.util.Locale;
import java.util.Set;

/** The outcome of a link on its way to Sentry. If several reasons against publishing it apply, the first one counts. */
enum EventLinkOutcome {
    /** Published. */
    SENT,
    /** A retraction. Sentry has no message that removes a link, so a link that was published before stays. */
    RETRACTED,
    /** The event is a transaction or a streamed segment span. */
    TRANSACTION,
    /** The event is of the issue platform (feedback, rage_click, performance, ...). Sentry counts only errors and messages for a replay. */
    OCCURRENCE,
    /** The level is not one of Sentry's five. A message without an id at one of these levels stops Sentry's consumer. */
    UNKNOWN_LEVEL,
    /**
     * The event names its replay, and Sentry makes that link by itself. This does not apply if the replay names the event
     * ({@code error_id}), because Sentry reads only the event's replay id.
     */
    MADE_BY_SENTRY,
    /** No segment of the replay was seen. */
    UNCONFIRMED;

    private static final Set<String> LEVELS = Set.of("fatal", "error", "warning", "info", "debug");

    /** A pure function of its arguments, so a redelivery has the same outcome as the first delivery. */
    static EventLinkOutcome of(Link link, EventLinkMode mode) {
        if (link.getDeleted()) {
            return RETRACTED;
        }
        EventKind kind = EventKind.of(link.getEvent());
        if (!kind.isError()) {
            return kind.isCall() ? TRANSACTION : OCCURRENCE;
        }
        if (!LEVELS.contains(level(link.getEvent()))) {
            return UNKNOWN_LEVEL;
        }
        return mode == EventLinkMode.ALL ? SENT : ofMissing(link);
    }

    private static EventLinkOutcome ofMissing(Link link) {
        // An unknown method may be an id. A missing link is better than one that counts twice.
        if (link.getMethod() == Method.REPLAY_ID || link.getMethod() == Method.UNKNOWN) {
            return MADE_BY_SENTRY;
        }
        return link.getConfirmed() ? SENT : UNCONFIRMED;
    }

    /** The level in lower case, as in Sentry. */
    static String level(EventSummary event) {
        return event.getLevel().toLowerCase(Locale.ROOT);
    }

    /** The metric label, in lower case. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
