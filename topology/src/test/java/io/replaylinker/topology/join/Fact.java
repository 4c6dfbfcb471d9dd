package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record of a history as the oracle reads it: its ids, and its times by the server's clock. */
sealed interface Fact {

    long SKEW_MS = 10_000;
    long LONGEST_REPLAY_MS = Duration.ofHours(24).toMillis();

    Arrival arrival();

    record Event(
            Arrival arrival,
            String id,
            long project,
            long organization,
            @Nullable String replay,
            @Nullable String trace,
            String method,
            long momentMs,
            long receivedMs)
            implements Fact {

        String key() {
            return project + "/" + id;
        }
    }

    /** A segment or an archive request; number Integer.MAX_VALUE for none. */
    record Segment(
            Arrival arrival,
            String replay,
            long project,
            int number,
            boolean archived,
            Set<String> traces,
            long startedMs,
            long seenMs)
            implements Fact {}

    record Deletion(Arrival arrival, String key) implements Fact {}

    static Fact of(Arrival arrival) {
        if (arrival.record() instanceof BackendEvent event) {
            return of(arrival, event);
        } else if (arrival.record() instanceof ReplaySegment segment) {
            return of(arrival, segment);
        }
        Arrival.Deletion deletion = (Arrival.Deletion) arrival.record();
        return new Deletion(arrival, deletion.project() + "/" + deletion.event());
    }

    private static Fact of(Arrival arrival, BackendEvent event) {
        long received = received(event.getReceivedMs(), arrival.recordMs());
        String method = event.getReplayId() != null
                ? "REPLAY_ID"
                : Boolean.TRUE.equals(event.getHasReplay()) ? "FLAG" : "TRACE";
        return new Event(
                arrival,
                event.getEventId(),
                event.getProjectId(),
                event.getOrganizationId(),
                event.getReplayId(),
                event.getTraceId(),
                method,
                notAfter(received, event.getTimestampMs()),
                received);
    }

    private static Fact of(Arrival arrival, ReplaySegment segment) {
        long seen = received(segment.getReceivedMs(), arrival.recordMs());
        Long told = segment.getReplayStartMs();
        long start = notAfter(seen, told == null || told <= 0 ? segment.getTimestampMs() : told);
        return new Segment(
                arrival,
                segment.getReplayId(),
                segment.getProjectId(),
                segment.getSegmentId() == null ? Integer.MAX_VALUE : segment.getSegmentId(),
                segment.getIsArchived(),
                Set.copyOf(segment.getTraceIds()),
                Math.max(start, seen - LONGEST_REPLAY_MS),
                seen);
    }

    /** The server's word, but not if it is none, and not far after the record was written. */
    private static long received(@Nullable Long receivedMs, long recordMs) {
        return receivedMs == null || receivedMs <= 0 ? recordMs : Math.min(receivedMs, recordMs + SKEW_MS);
    }

    /** A client's word, but nothing happens after it was received. */
    private static long notAfter(long receivedMs, @Nullable Long toldMs) {
        return toldMs == null || toldMs <= 0 ? receivedMs : Math.min(toldMs, receivedMs);
    }
}
