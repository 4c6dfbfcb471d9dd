package io.replaylinker.topology.join;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record of a history as the oracle reads it: its ids, and its times by the server's clock. */
sealed interface Fact {

    Arrival arrival();

    /**
     * An event.
     *
     * @param replay that it names itself
     * @param taught trace that this id belongs to
     * @param trace its own
     * @param header trace of the headers of its request
     * @param caller span in these headers
     * @param calls client spans inside it
     * @param call it is a span of its own trace
     * @param flagged says that there is a replay
     * @param recorded a recorder may have sent it
     */
    record Event(
            Arrival arrival,
            String id,
            long project,
            long organization,
            @Nullable String replay,
            @Nullable String taught,
            @Nullable String trace,
            @Nullable String header,
            @Nullable String caller,
            @Nullable String span,
            @Nullable String parent,
            List<String> calls,
            boolean call,
            boolean client,
            boolean root,
            boolean flagged,
            boolean recorded,
            boolean buffering,
            @Nullable String user,
            @Nullable String address,
            long startMs,
            long momentMs,
            long receivedMs)
            implements Fact {

        String key() {
            return project + "/" + id;
        }

        /** Whether it claims a replay, so that it is remembered when its wait is over. */
        boolean claims() {
            return replay != null || flagged;
        }

        boolean isBackendError() {
            return !call && !client;
        }
    }

    /** A span inside a segment. */
    record Edge(
            Arrival arrival,
            long project,
            long organization,
            String trace,
            String span,
            String above,
            @Nullable String replay,
            boolean client,
            boolean buffering,
            @Nullable String user,
            @Nullable String address,
            long startMs,
            long momentMs)
            implements Fact {}

    /**
     * A segment or an archive request.
     *
     * @param number Integer.MAX_VALUE for none
     * @param endMs by the clock of its device, set back where that runs ahead
     */
    record Segment(
            Arrival arrival,
            String replay,
            long project,
            int number,
            boolean archived,
            boolean buffered,
            Set<String> traces,
            Set<String> errors,
            @Nullable String user,
            @Nullable String address,
            long startMs,
            long endMs,
            long seenMs)
            implements Fact {}

    /** An event was deleted. */
    record Deletion(Arrival arrival, String key) implements Fact {}
}
