package io.replaylinker.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Emits the watermark of the replay stream in the time of recorded input. It is emitted between two records, ahead of
 * the first one that a worker would have received after it. It follows the estimated watermark of the replay segments.
 * While these pause for longer than the idle time and other records come, it follows the time of the latter.
 */
final class RecordTimeWatermarks extends ContextualProcessor<byte[], JoinInput, byte[], JoinInput> {

    /** The watermark behind the last record, which expires every event. */
    static final long END = Long.MAX_VALUE;

    private static final long NONE = Long.MIN_VALUE;

    private final WatermarkSettings settings;
    private final Windows windows;
    private final long longestMs;
    private final WatermarkEstimator estimator = new WatermarkEstimator();
    private long emittedMs = WatermarkEstimator.UNKNOWN;
    private long lastReplayMs = NONE;
    private long lastMs;

    /** @param longest how long an event or a replay is kept after its last record */
    RecordTimeWatermarks(WatermarkSettings settings, Windows windows, Duration longest) {
        this.settings = settings;
        this.windows = windows;
        this.longestMs = longest.toMillis();
    }

    @Override
    public void init(ProcessorContext<byte[], JoinInput> context) {
        super.init(context);
        if (context.taskId().partition() > 0) {
            throw new IllegalStateException(
                    "recorded input has one partition a topic, or its records have no common order");
        }
        context.schedule(settings.watermarkInterval(), PunctuationType.WALL_CLOCK_TIME, nowMs -> endIfClosing());
    }

    @Override
    public void process(Record<byte[], JoinInput> record) {
        lastMs = record.timestamp();
        if (lastReplayMs == NONE) {
            lastReplayMs = lastMs;
        }
        reach(Math.max(estimator.watermarkMs(), idleTime()));
        if (record.value() instanceof JoinInput.ReplaySeen replay) {
            lastReplayMs = Math.max(lastReplayMs, lastMs);
            estimator.add(replay.observation().getSeenMs());
        }
        context().forward(record);
    }

    private void reach(long timeMs) {
        if (timeMs - emittedMs >= settings.watermarkInterval().toMillis()) {
            emit(timeMs);
        }
    }

    private void emit(long timeMs) {
        emittedMs = timeMs;
        context().forward(new Record<>(null, new JoinInput.Watermark("records", timeMs, lastMs), lastMs));
    }

    /**
     * Advances the time behind the last record as before, so that each event still expires before the state that it is
     * judged by.
     */
    private void endIfClosing() {
        if (!windows.closing() || emittedMs == END) {
            return;
        }
        if (lastReplayMs != NONE) {
            for (long timeMs = emittedMs();
                    timeMs <= lastMs + longestMs;
                    timeMs += settings.watermarkInterval().toMillis()) {
                emit(timeMs);
            }
        }
        emit(END);
    }

    private long emittedMs() {
        return Math.max(emittedMs, lastMs - longestMs);
    }

    private long idleTime() {
        if (settings.idleAfter() == null) {
            return WatermarkEstimator.UNKNOWN;
        }
        long idleMs = settings.idleAfter().toMillis();
        return lastMs - lastReplayMs >= idleMs ? lastMs - idleMs : WatermarkEstimator.UNKNOWN;
    }
}
