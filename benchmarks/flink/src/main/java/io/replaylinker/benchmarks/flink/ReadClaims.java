package io.replaylinker.benchmarks.flink;

import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.topology.claim.ClaimReader;
import org.apache.avro.Schema;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/** Events as claims, keyed by the replay that they name, else by their trace. */
final class ReadClaims extends Reading<BackendEvent, Claim> {

    private static final long serialVersionUID = 1L;

    private transient ClaimReader claims;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ReadClaims(Format format) {
        super(format);
    }

    @Override
    RecordDecoder<BackendEvent> decoder(Format format) {
        return events(format);
    }

    @Override
    Schema schema() {
        return Claim.getClassSchema();
    }

    @Override
    public void open(OpenContext context) {
        super.open(context);
        claims = EvidenceReading.claims();
    }

    @Override
    public void flatMap(byte[] message, Collector<Compact> out) {
        BackendEvent event = read(message);
        Claim claim = event == null ? null : claims.read(event, System.currentTimeMillis());
        if (claim != null) {
            Id replay = claim.getReplayId();
            Id key = replay != null ? replay : claim.getEvent().getTraceId();
            if (key != null) {
                out.collect(compact(key, claim.getEvent().getReceivedMs(), claim));
            }
        }
    }
}
