package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.topology.claim.ClaimSettings;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** {@link ClaimInputs} as a step of the topology. */
final class ClaimStep extends ContextualProcessor<byte[], Decoding<BackendEvent>, byte[], JoinInput> {

    private final ClaimInputs inputs;

    ClaimStep(ClaimSettings settings, JoinCounts counts) {
        this.inputs = new ClaimInputs(settings, counts);
    }

    @Override
    public void process(Record<byte[], Decoding<BackendEvent>> record) {
        Consumer<JoinInput> forward = input -> context().forward(record.withValue(input));
        if (record.value() instanceof Decoding.Read<BackendEvent> read) {
            Claim claim = inputs.read(read.value(), record.timestamp(), forward);
            if (claim != null) {
                forward.accept(new JoinInput.EventClaim(claim));
            }
        } else if (record.value() instanceof Decoding.Tombstones<BackendEvent> tombstones) {
            ClaimInputs.deleted(tombstones.projectId(), tombstones.eventIds(), record.timestamp(), forward);
        }
    }
}
