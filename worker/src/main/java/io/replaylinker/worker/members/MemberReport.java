package io.replaylinker.worker.members;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of itself.
 *
 * @param version null if it is not packaged
 * @param state starting, rebalancing, restoring, running, retrying, stopping or ended; a newer release may have others
 * @param restoring records of the join's state that are still to be read
 * @param assigned by reader and topic
 * @param uptimeMs since its start, by its own clock
 */
public record MemberReport(
        @Nullable String version,
        List<String> roles,
        String state,
        long restoring,
        List<Assigned> assigned,
        @Nullable Instant startedAt,
        long uptimeMs) {

    static final String RUNNING = "running";

    public MemberReport {
        roles = List.copyOf(roles);
        assigned = List.copyOf(assigned);
    }

    /** Records behind in all of its partitions; null while that is unknown of one reader. */
    @Nullable Long lag() {
        long sum = 0;
        for (Assigned one : assigned) {
            Long lag = one.lag();
            if (lag == null) {
                return null;
            }
            sum += lag;
        }
        return sum;
    }
}
