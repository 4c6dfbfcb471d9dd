package io.replaylinker.topology.join;

/**
 * Events of a step that wait for their replay.
 *
 * @param events how many
 * @param firstExpiryMs when the wait of the first of them ends, accurate to some seconds, epoch milliseconds of the
 *     watermark; {@link Long#MAX_VALUE} when none waits
 */
public record Waiting(long events, long firstExpiryMs) {

    /** No event waits. */
    public static final Waiting NOBODY = new Waiting(0, Long.MAX_VALUE);
}
