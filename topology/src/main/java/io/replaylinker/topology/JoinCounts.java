package io.replaylinker.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.topology.claim.ClaimOddities;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counters of records. Each record is counted once: {@code records} = {@code claims} + edges + observations +
 * {@code control} + {@code rejected}. A claim ends in {@code links}, {@code unlinked} or {@code unclaimed}. Claims
 * without evidence are not counted in these.
 */
public final class JoinCounts implements ClaimOddities {

    private static final String MALFORMED_EVENT_ID = "malformed_event_id";
    private static final String MALFORMED_REPLAY_ID = "malformed_replay_id";
    private static final String MALFORMED_TRACE_ID = "malformed_trace_id";
    private static final String REPLAY_IDS_DISAGREE = "replay_ids_disagree";

    private final MeterRegistry meters;
    /** Cached, because the registry builds and compares tags at each lookup. */
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    private final ByMethod claims;
    private final ByMethod links;
    private final ByMethod retractions;
    private final Counter unclaiming;
    private final Counter replayObservations;
    private final Counter edges;
    private final Counter classicSegments;

    public JoinCounts(MeterRegistry meters) {
        this.meters = meters;
        claims = new ByMethod("replay.linker.claims", meters);
        links = new ByMethod("replay.linker.links", meters);
        retractions = new ByMethod("replay.linker.retractions", meters);
        unclaiming = meters.counter("replay.linker.claims", "method", "none");
        replayObservations = meters.counter("replay.linker.replay.observations");
        edges = meters.counter("replay.linker.spans", "kind", "edge");
        classicSegments = meters.counter("replay.linker.spans", "kind", "classic_segment");
        // Registered at the start: a series that appears with its first event would look like a jump from nothing.
        Arrays.stream(UnlinkedReason.values())
                .filter(reason -> reason != UnlinkedReason.UNKNOWN)
                .forEach(reason -> {
                    unlinkedBy(reason);
                    unclaimedBy(reason);
                });
        List.of(MALFORMED_EVENT_ID, MALFORMED_REPLAY_ID, MALFORMED_TRACE_ID, REPLAY_IDS_DISAGREE)
                .forEach(kind -> oddities(kind, 0));
    }

    void record(String topic, long timestampMs) {
        read.computeIfAbsent(topic, this::read).take(timestampMs);
    }

    private Read read(String topic) {
        AtomicLong lastMs = new AtomicLong();
        Gauge.builder("replay.linker.records.time", lastMs, ms -> ms.get() / 1000.0)
                .baseUnit("seconds")
                .tag("topic", topic)
                .register(meters);
        Arrays.stream(RejectionReason.values()).forEach(reason -> rejectedFor(topic, reason));
        List.of(ServerTime.MISSING, ServerTime.FUTURE).forEach(kind -> suspectTimes(topic, kind));
        return new Read(meters.counter("replay.linker.records", "topic", topic), lastMs);
    }

    void suspectTime(String topic, String kind) {
        suspectTimes(topic, kind).increment();
    }

    private Counter suspectTimes(String topic, String kind) {
        return meters.counter("replay.linker.clock.suspect", "topic", topic, "kind", kind);
    }

    void control(String topic, String operation) {
        meters.counter("replay.linker.control", "topic", topic, "operation", operation)
                .increment();
    }

    void rejected(String topic, RejectionReason reason) {
        rejectedFor(topic, reason).increment();
    }

    private Counter rejectedFor(String topic, RejectionReason reason) {
        return meters.counter("replay.linker.rejected", "topic", topic, "reason", reason.name());
    }

    void claim(@Nullable Claim claim) {
        (claim == null ? unclaiming : claims.of(claimed(claim))).increment();
    }

    /** A client or producer span inside a segment. */
    void edge() {
        edges.increment();
    }

    /** A segment that the topic of transactions contains as well. */
    void classicSegment() {
        classicSegments.increment();
    }

    void replayObservation() {
        replayObservations.increment();
    }

    void link(Link link) {
        (link.getDeleted() ? retractions : links).of(link.getMethod()).increment();
    }

    void unlinked(UnlinkedReason reason) {
        unlinkedBy(reason).increment();
    }

    private Counter unlinkedBy(UnlinkedReason reason) {
        return meters.counter("replay.linker.unlinked", "reason", reason.name());
    }

    void unclaimed(UnlinkedReason reason) {
        unclaimedBy(reason).increment();
    }

    private Counter unclaimedBy(UnlinkedReason reason) {
        return meters.counter("replay.linker.unclaimed", "reason", reason.name());
    }

    /** Malformed event ids in tombstones. */
    void malformedEventIds(int ids) {
        oddities(MALFORMED_EVENT_ID, ids);
    }

    @Override
    public void malformedReplayId() {
        oddity(MALFORMED_REPLAY_ID);
    }

    @Override
    public void malformedTraceId() {
        oddity(MALFORMED_TRACE_ID);
    }

    @Override
    public void replayIdsDisagree() {
        oddity(REPLAY_IDS_DISAGREE);
    }

    private void oddity(String kind) {
        oddities(kind, 1);
    }

    private void oddities(String kind, int times) {
        meters.counter("replay.linker.oddities", "kind", kind).increment(times);
    }

    /** The method by which the event is looked up first. */
    private static Method claimed(Claim claim) {
        return claim.getReplayId() != null
                ? Method.REPLAY_ID
                : claim.getLookups().isEmpty() ? Method.ERROR_ID : Method.TRACE;
    }

    private static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    /** What was read of one topic. */
    private record Read(Counter records, AtomicLong lastMs) {

        void take(long timestampMs) {
            records.increment();
            // The gauge is read only now and then, so the value need not be visible at once.
            lastMs.lazySet(timestampMs);
        }
    }

    /** One counter for each method, registered at the start. */
    private static final class ByMethod {
        private final Map<Method, Counter> counters = new EnumMap<>(Method.class);
        private final Function<Method, Counter> register;

        ByMethod(String name, MeterRegistry meters) {
            register = method -> meters.counter(name, "method", JoinCounts.name(method));
            Arrays.stream(Method.values()).forEach(this::of);
        }

        Counter of(Method method) {
            return counters.computeIfAbsent(method, register);
        }
    }
}
