package io.replaylinker.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.topology.claim.ClaimOddities;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens to records, each once: {@code records} = {@code claims} + sightings + {@code control} + {@code rejected};
 * a claim ends in {@code links}, {@code unlinked} or {@code unclaimed}.
 */
public final class JoinCounts implements ClaimOddities {

    private final MeterRegistry meters;

    public JoinCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    void record(String topic) {
        meters.counter("replay.linker.records", "topic", topic).increment();
    }

    void control(String topic, String operation) {
        meters.counter("replay.linker.control", "topic", topic, "operation", operation)
                .increment();
    }

    void rejected(String topic, RejectionReason reason) {
        meters.counter("replay.linker.rejected", "topic", topic, "reason", reason.name())
                .increment();
    }

    void claim(@Nullable Claim claim) {
        String method = claim == null ? "none" : name(claim.getMethod());
        meters.counter("replay.linker.claims", "method", method).increment();
    }

    void sighting() {
        meters.counter("replay.linker.sightings").increment();
    }

    void link(Link link) {
        String name = link.getDeleted() ? "replay.linker.retractions" : "replay.linker.links";
        meters.counter(name, "method", name(link.getMethod())).increment();
    }

    void unlinked(UnlinkedReason reason) {
        meters.counter("replay.linker.unlinked", "reason", reason.name()).increment();
    }

    void unclaimed(UnlinkedReason reason) {
        meters.counter("replay.linker.unclaimed", "reason", reason.name()).increment();
    }

    /** In tombstones. */
    void malformedEventIds(int ids) {
        oddities("malformed_event_id", ids);
    }

    @Override
    public void malformedReplayId() {
        oddity("malformed_replay_id");
    }

    @Override
    public void malformedTraceId() {
        oddity("malformed_trace_id");
    }

    @Override
    public void replayIdsDisagree() {
        oddity("replay_ids_disagree");
    }

    private void oddity(String kind) {
        oddities(kind, 1);
    }

    private void oddities(String kind, int times) {
        meters.counter("replay.linker.oddities", "kind", kind).increment(times);
    }

    private static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }
}
