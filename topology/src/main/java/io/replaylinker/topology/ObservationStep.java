package io.replaylinker.topology;

import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Decoded;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the observations in a replay segment: of its replay, of each trace that it lists and of each error that its
 * recorder sent. Broadcasts the watermark of the replay stream, unless {@link RecordTimeWatermarks} does so.
 */
final class ObservationStep extends ContextualProcessor<byte[], Decoding<ReplaySegment>, byte[], JoinInput> {

    private final String topic;
    private final WatermarkSettings settings;
    private final ReplayInputs inputs;
    private final Windows windows;
    private final WatermarkEstimator estimator = new WatermarkEstimator();
    private final WatermarkEmitter emitter;
    private long lastRecordAtMs;

    ObservationStep(
            String topic, WatermarkSettings settings, EvidenceSettings evidence, Windows windows, JoinCounts counts) {
        this.windows = windows;
        this.inputs = new ReplayInputs(evidence, counts);
        this.topic = topic;
        this.settings = settings;
        this.emitter = new WatermarkEmitter(settings, this::emitWatermark);
    }

    @Override
    public void init(ProcessorContext<byte[], JoinInput> context) {
        super.init(context);
        lastRecordAtMs = context.currentSystemTimeMs();
        if (!settings.inBand()) {
            context.schedule(settings.watermarkInterval(), PunctuationType.WALL_CLOCK_TIME, this::look);
        }
    }

    @Override
    public void process(Record<byte[], Decoding<ReplaySegment>> record) {
        lastRecordAtMs = context().currentSystemTimeMs();
        if (!(record.value().result() instanceof Decoded.Value<ReplaySegment> read)) {
            return;
        }
        ReplayObservation observation =
                inputs.read(read.value(), record.timestamp(), input -> context().forward(record.withValue(input)));
        if (observation != null) {
            estimator.add(observation.getSeenMs());
        }
    }

    private void look(long nowMs) {
        if (windows.closing()) {
            emitWatermark(RecordTimeWatermarks.END);
            return;
        }
        emitter.emitIfDue(Math.max(estimator.watermarkMs(), idleTime(settings.idleAfter(), nowMs)), nowMs);
    }

    private void emitWatermark(long timeMs) {
        String source = topic + "-" + context().taskId().partition();
        long nowMs = context().currentSystemTimeMs();
        context().forward(new Record<>(null, new JoinInput.Watermark(source, timeMs, nowMs), Math.min(timeMs, nowMs)));
    }

    /** The watermark of an idle partition: no older record is on its way. 0 while the partition is not idle. */
    private long idleTime(@Nullable Duration idleAfter, long nowMs) {
        return idleAfter != null && nowMs - lastRecordAtMs >= idleAfter.toMillis() ? nowMs - idleAfter.toMillis() : 0;
    }
}
