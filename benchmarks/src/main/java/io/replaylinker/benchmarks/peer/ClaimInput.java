package io.replaylinker.benchmarks.peer;

import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.topology.claim.ClaimReader;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Events as claims, keyed by the replay that they name, else by their trace. */
final class ClaimInput extends ContextualProcessor<byte[], byte[], byte[], Claim> {

    private final RecordDecoder<BackendEvent> decoder;
    private final ClaimReader reader = EvidenceReading.claims();

    ClaimInput(RecordDecoder<BackendEvent> decoder) {
        this.decoder = decoder;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Decoded<BackendEvent> decoded = decoder.decode("", record.headers(), record.value());
        Claim claim = decoded instanceof Decoded.Value<BackendEvent> value
                ? reader.read(value.value(), record.timestamp())
                : null;
        if (claim != null) {
            Id replay = claim.getReplayId();
            Id key = replay != null ? replay : claim.getEvent().getTraceId();
            if (key == null) {
                return;
            }
            context().forward(new Record<>(key.bytes(), claim, claim.getEvent().getReceivedMs()));
        }
    }
}
