package io.replaylinker.clickhouse.query;

/** How ids of events are shown to people. */
public final class EventIds {

    /** Behind the span id in the event id of a streamed segment span that has no event id of its own. */
    private static final String SPAN_SUFFIX = "0".repeat(16);

    private static final int ID_DIGITS = 32;

    private EventIds() {}

    /**
     * The 16 digits of the span id, if the event is a streamed segment span; else the id as it is. Both are found by a look-up.
     *
     * @param eventId 32 lower hex digits
     */
    public static String shown(String eventId) {
        return isSpan(eventId) ? eventId.substring(0, SPAN_SUFFIX.length()) : eventId;
    }

    /** Whether the id is that of a streamed segment span: a span id and sixteen zeros. */
    public static boolean isSpan(String eventId) {
        return eventId.length() == ID_DIGITS && eventId.endsWith(SPAN_SUFFIX) && !eventId.startsWith(SPAN_SUFFIX);
    }
}
