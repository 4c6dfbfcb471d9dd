package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.LruCache;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.join.Tombstone;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads the claim of an event, and what every event tells beside it: which organization its project belongs to. That is told once
 * a project and start, from memory and not from a store, so that a telling that a crash cut off is repeated.
 */
final class ClaimStep extends ContextualProcessor<byte[], Decoding<BackendEvent>, byte[], JoinInput> {

    private static final int PROJECTS_REMEMBERED = 100_000;

    private final ClaimReader reader;
    private final JoinCounts counts;
    private final LruCache<Long, Long> told = new LruCache<>(PROJECTS_REMEMBERED);

    ClaimStep(ClaimSettings settings, JoinCounts counts) {
        this.reader = new ClaimReader(settings, counts);
        this.counts = counts;
    }

    @Override
    public void process(Record<byte[], Decoding<BackendEvent>> record) {
        if (record.value() instanceof Decoding.Read<BackendEvent> read) {
            read(read.value(), record);
        } else if (record.value() instanceof Decoding.Tombstones<BackendEvent> tombstones) {
            tellDeleted(tombstones, record);
        }
    }

    private void read(BackendEvent event, Record<byte[], ?> record) {
        tellOrganization(event, record);
        Claim claim = reader.read(event, record.timestamp());
        counts.claim(claim);
        if (claim != null) {
            context().forward(record.withValue(new JoinInput.EventClaim(claim)));
        }
    }

    private void tellDeleted(Decoding.Tombstones<BackendEvent> tombstones, Record<byte[], ?> record) {
        for (Id event : tombstones.eventIds()) {
            Tombstone tombstone = new Tombstone(tombstones.projectId(), event, record.timestamp());
            context().forward(record.withValue(new JoinInput.EventTombstone(tombstone)));
        }
    }

    private void tellOrganization(BackendEvent event, Record<byte[], ?> record) {
        long organization = event.getOrganizationId();
        if (organization > 0 && !Long.valueOf(organization).equals(told.get(event.getProjectId()))) {
            told.put(event.getProjectId(), organization);
            context().forward(record.withValue(new JoinInput.Affiliation(event.getProjectId(), organization)));
        }
    }
}
