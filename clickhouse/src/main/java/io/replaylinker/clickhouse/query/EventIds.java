package io.replaylinker.clickhouse.query;

/** The displayed form of event ids. */
public final class EventIds {

    /** Follows the span id in the event id of a streamed segment span that has no event id of its own. */
    private static final String SPAN_SUFFIX = "0".repeat(16);

    private static final int ID_DIGITS = 32;

    private EventIds() {}

    /**
     * Returns the 16 digits of the span id for a streamed segment span, otherwise the id unchanged. A lookup accepts both forms.
     *
     * @param eventId 32 lower hex digits
     */
    public static String shown(String eventId) {
        return isSpan(eventId) ? eventId.substring(0, SPAN_SUFFIX.length()) : eventId;
    }

    /** Returns whether the id is that of a streamed segment span: a span id and sixteen zeros. */
    public static boolean isSpan(String eventId) {
        return eventId.length() == ID_DIGITS && eventId.endsWith(SPAN_SUFFIX) && !eventId.startsWith(SPAN_SUFFIX);
    }
}
