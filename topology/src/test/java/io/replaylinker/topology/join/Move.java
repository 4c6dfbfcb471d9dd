package io.replaylinker.topology.join;

import java.util.List;

/**
 * One small happening of a story, told in small numbers, so that shrinking has something to take away: fewer moves, lower numbers.
 * What records it becomes is {@link Story}'s to say.
 */
sealed interface Move {

    /** Where a clock of the record was set to by hand. */
    enum Clock {
        RIGHT,
        MISSING,
        ZERO,
        NEGATIVE,
        FUTURE
    }

    /** What an event says of its replay. */
    enum Evidence {
        TRACE,
        FLAG,
        ID,
        BAGGAGE
    }

    /** What sends an event, and as what. */
    enum Kind {
        ERROR,
        CALL,
        SEGMENT,
        PAGE,
        PAGE_SEGMENT,
        CLIENT_CALL,
        CLIENT_ERROR;

        boolean isClient() {
            return this != ERROR && this != CALL && this != SEGMENT;
        }

        boolean isCall() {
            return this != ERROR && this != CLIENT_ERROR;
        }

        /** It comes by the stream of spans. */
        boolean isSpan() {
            return this == SEGMENT || this == PAGE_SEGMENT;
        }
    }

    /**
     * When a move is made, and what the join does right after it.
     *
     * @param epoch number of the burst of activity it belongs to
     * @param quarters quarters of a second since the burst began
     * @param delay place in the order of arrival among the moves of the burst
     * @param passes resolved claims that confirm takes afterwards
     * @param expires rows that are looked at for expiry afterwards, in each step; 0 for no expiry
     * @param again 1: comes again at once, 2: comes again later
     */
    record Turn(int epoch, int quarters, int delay, int passes, int expires, int again) {

        Turn later(int places) {
            return new Turn(epoch, quarters, delay + places, passes, expires, 0);
        }
    }

    Turn turn();

    /**
     * A segment of a replay.
     *
     * @param age quarters of a second since the replay began by its own clock
     */
    record Segment(Turn turn, Clocks clocks, int replay, int number, int age, Sent sent, Lists lists) implements Move {}

    /** Clocks of a record: the server's and the sender's own. */
    record Clocks(Clock server, Clock own) {}

    /**
     * What a segment says of its sender.
     *
     * @param late quarters of a second from the end of the segment to its receipt
     */
    record Sent(int project, int user, int late) {}

    /** What a segment lists: traces, and events, counted round, that its recorder sent. */
    record Lists(List<Integer> traces, List<Integer> errors) {}

    /**
     * An event.
     *
     * @param copied another organization sends an event with the same ids
     */
    record Event(
            Turn turn, Clocks clocks, Kind kind, Evidence evidence, Ids ids, Place place, Sender sender, boolean copied)
            implements Move {}

    /** Ids that an event carries; trace 0 for none, or for the first where one is needed. */
    record Ids(int replay, int trace) {}

    /**
     * Where an event stands on its traces; 0 for nowhere.
     *
     * @param back epochs between the event and its parents
     * @param header trace of the headers of its request
     * @param caller span of the caller in these headers
     */
    record Place(int span, int parent, int back, int header, int caller, int called) {}

    /**
     * Who sent an event, and when it happened.
     *
     * @param age quarters of a second between the event and its receipt
     * @param lasted quarters of a second from start to end, of a call
     */
    record Sender(int number, int user, int age, int lasted, boolean buffering) {}

    /** A client span inside a segment, which OpenTelemetry names as its parent only; replay 0 for none. */
    record Edge(Turn turn, int sender, int trace, int span, int above, int replay, boolean client, boolean otel)
            implements Move {}

    /** A user deletes a replay. */
    record Archive(Turn turn, int replay, int project) implements Move {}

    /** Many visitors of one cached page, each with a replay that lists the page's trace. */
    record Crowd(Turn turn, int trace, int replays) implements Move {}

    /** An event is deleted: one of the same time, counted round. */
    record Deletion(Turn turn, int which) implements Move {}
}
