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

    private final String topic;
    private final ReplaySideSettings settings;
    private final JoinCounts counts;
    private final AgreedTime seen = new AgreedTime();
    private final ClockTeller teller;
    private long lastRecordAtMs;

    SightStep(String topic, ReplaySideSettings settings, JoinCounts counts) {
        this.topic = topic;
        this.settings = settings;
        this.counts = counts;
        this.teller = new ClockTeller(settings, this::tick);
    }

    @Override
    public void init(ProcessorContext<byte[], JoinInput> context) {
        super.init(context);
        lastRecordAtMs = context.currentSystemTimeMs();
        context.schedule(settings.tickEvery(), PunctuationType.WALL_CLOCK_TIME, this::look);
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

    private void look(long nowMs) {
        teller.tell(Math.max(seen.timeMs(), idleTime(settings.idleAfter(), nowMs)), nowMs);
    }

    private void tick(long timeMs) {
        String source = topic + "-" + context().taskId().partition();
        context().forward(new Record<>(null, new JoinInput.Tick(source, timeMs), timeMs));
    }

    /** Nothing came for a while, so nothing older is on its way; 0 as long as that cannot be said. */
    private long idleTime(@Nullable Duration idleAfter, long nowMs) {
        return idleAfter != null && nowMs - lastRecordAtMs >= idleAfter.toMillis() ? nowMs - idleAfter.toMillis() : 0;
    }
}
