package io.replaylinker.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The watermark of the replay stream in the time of recorded input: emitted between two records, ahead of the first one that a worker
 * would have received after it. It follows the agreed time of the replay segments, and where these pause for longer than the idle time
 * while other records come, the time of the latter.
 */
final class RecordTimeWatermarks extends ContextualProcessor<byte[], JoinInput, byte[], JoinInput> {

    /** The watermark behind the last record, which no event outlives. */
    static final long END = Long.MAX_VALUE;

    private static final long NONE = Long.MIN_VALUE;

    private final WatermarkSettings settings;
    private final Windows windows;
    private final long longestMs;
    private final WatermarkEstimator estimator = new WatermarkEstimator();
    private long emittedMs = WatermarkEstimator.UNKNOWN;
    private long lastReplayMs = NONE;
    private long lastMs;

    /** @param longest that an event or a replay is kept after its last record */
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

    /** Behind the last record time goes on as it would have done, so that each event still ends before what it was judged by. */
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
