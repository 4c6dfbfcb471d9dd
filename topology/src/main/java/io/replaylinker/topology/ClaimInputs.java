package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.LruCache;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.join.Tombstone;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells the join: its claim, and beside it which organization its project belongs to. That is told once a project and
 * start, from memory and not from a store, so that a telling that a crash cut off is repeated.
 */
final class ClaimInputs {

    private static final int PROJECTS_REMEMBERED = 100_000;

    private final ClaimReader reader;
    private final JoinCounts counts;
    private final LruCache<Long, Long> told = new LruCache<>(PROJECTS_REMEMBERED);

    ClaimInputs(ClaimSettings settings, JoinCounts counts) {
        this.reader = new ClaimReader(settings, counts);
        this.counts = counts;
    }

    /**
     * Reads one event.
     *
     * @param recordMs timestamp of the Kafka record, epoch milliseconds
     * @return its claim, which is not among the inputs; null for none
     */
    @Nullable Claim read(BackendEvent event, long recordMs, Consumer<JoinInput> inputs) {
        long organization = event.getOrganizationId();
        if (organization > 0 && !Long.valueOf(organization).equals(told.get(event.getProjectId()))) {
            told.put(event.getProjectId(), organization);
            inputs.accept(new JoinInput.Affiliation(event.getProjectId(), organization));
        }
        Claim claim = reader.read(event, recordMs);
        counts.claim(claim);
        return claim;
    }

    /** Events of a project that were deleted at their source. */
    static void deleted(long project, List<Id> events, long recordMs, Consumer<JoinInput> inputs) {
        for (Id event : events) {
            inputs.accept(new JoinInput.EventTombstone(new Tombstone(project, event, recordMs)));
        }
    }
}
