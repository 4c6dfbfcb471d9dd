package io.replaylinker.topology;

import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.topology.claim.SightingReader;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a replay segment tells, of its replay and of each trace it lists, and tells all partitions how far the replay stream
 * has come.
 */
final class SightStep extends ContextualProcessor<byte[], Decoding<ReplaySegment>, byte[], JoinInput> {

    /** Well within the time that a step settles after its start. */
    private static final int TELL_AGAIN_AFTER_TICKS = 10;

    private final String topic;
    private final ReplaySideSettings settings;
    private final JoinCounts counts;
    private final AgreedTime seen = new AgreedTime();
    private long toldMs;
    private long toldAtMs = Long.MIN_VALUE / 2;
    private long lastRecordAtMs;

    SightStep(String topic, ReplaySideSettings settings, JoinCounts counts) {
        this.topic = topic;
        this.settings = settings;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<byte[], JoinInput> context) {
        super.init(context);
        lastRecordAtMs = context.currentSystemTimeMs();
        context.schedule(settings.tickEvery(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], Decoding<ReplaySegment>> record) {
        lastRecordAtMs = context().currentSystemTimeMs();
        if (!(record.value() instanceof Decoding.Read<ReplaySegment> read)) {
            return;
        }
        Sighting sighting = SightingReader.ofSegment(read.value(), record.timestamp());
        if (sighting == null) {
            return;
        }
        counts.sighting();
        seen.add(sighting.getSeenMs());
        forward(record, sighting);
        SightingReader.witnesses(read.value(), sighting).forEach(witness -> forward(record, witness));
    }

    private void forward(Record<byte[], ?> record, Sighting sighting) {
        context().forward(record.withValue(new JoinInput.ReplaySighting(sighting)));
    }

    private void tick(long nowMs) {
        long timeMs = Math.max(toldMs, Math.max(seen.timeMs(), idleTime(settings.idleAfter(), nowMs)));
        if (timeMs > toldMs || isDueAgain(nowMs)) {
            toldAtMs = nowMs;
            toldMs = timeMs;
            String source = topic + "-" + context().taskId().partition();
            context().forward(new Record<>(null, new JoinInput.Tick(source, timeMs), timeMs));
        }
    }

    /**
     * What stands still is told again now and then, be it "unknown": a step that has just started knows nothing of a partition that
     * it never heard of. A bounded run, without idle time, has to come to rest, and nobody listens there.
     */
    private boolean isDueAgain(long nowMs) {
        return settings.idleAfter() != null
                && nowMs - toldAtMs
                        >= TELL_AGAIN_AFTER_TICKS * settings.tickEvery().toMillis();
    }

    /** Nothing came for a while, so nothing older is on its way; 0 as long as that cannot be said. */
    private long idleTime(@Nullable Duration idleAfter, long nowMs) {
        return idleAfter != null && nowMs - lastRecordAtMs >= idleAfter.toMillis() ? nowMs - idleAfter.toMillis() : 0;
    }
}
