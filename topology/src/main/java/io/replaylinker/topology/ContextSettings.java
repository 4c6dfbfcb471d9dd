package io.replaylinker.topology;

/**
 * What is written for the trees of traces.
 *
 * @param written whether anything is
 * @param nodes whether events and segments are; else only the details of errors and the changes of issues
 * @param innerSpans whether all streamed spans inside segments are read; else only those that call other services
 * @param spanNames whether inner spans keep their names and statuses; else only their ids, operations and times
 */
public record ContextSettings(boolean written, boolean nodes, boolean innerSpans, boolean spanNames) {

    /** Nothing is written. */
    public static final ContextSettings OFF = new ContextSettings(false, false, false, false);

    /** Everything but the names of inner spans is written. */
    public static final ContextSettings ALL = new ContextSettings(true, true, true, false);
}
