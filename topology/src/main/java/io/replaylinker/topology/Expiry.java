package io.replaylinker.topology;

import io.replaylinker.topology.join.KeyedJoin;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Lets a step of the join expire its rows: on wall-clock punctuation, by the replay side's clock, in chunks that never hold up the
 * records for long.
 */
final class Expiry {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int CHUNK = 1_000;
    private static final long AT_MOST_MS = 200;

    private final KeyedJoin step;
    private final Windows windows;
    private final ReplayClock clock;
    private final LongConsumer before;

    private Expiry(KeyedJoin step, Windows windows, ReplayClock clock, LongConsumer before) {
        this.step = step;
        this.windows = windows;
        this.clock = clock;
        this.before = before;
    }

    /**
     * Starts the expiry of a step.
     *
     * @param before is given the wall clock before each round, so that what expires gets a timestamp
     */
    static Expiry schedule(
            ProcessorContext<?, ?> context,
            ReplaySideSettings settings,
            Windows windows,
            KeyedJoin step,
            LongConsumer before) {
        Expiry expiry = new Expiry(step, windows, new ReplayClock(context.currentSystemTimeMs(), settings), before);
        windows.opened(step);
        context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, expiry::round);
        return expiry;
    }

    void advance(JoinInput.Tick tick) {
        clock.advance(tick);
    }

    void stop() {
        windows.closed(step);
    }

    private void round(long nowMs) {
        before.accept(nowMs);
        boolean closing = windows.closing();
        long untilMs = closing ? Long.MAX_VALUE : clock.timeMs(nowMs);
        if (untilMs == ReplayClock.BEGINNING) {
            return;
        }
        long startedAt = System.nanoTime();
        while (step.expire(untilMs, CHUNK) == CHUNK) {
            if (System.nanoTime() - startedAt > Duration.ofMillis(AT_MOST_MS).toNanos()) {
                return;
            }
        }
        if (closing) {
            windows.closed(step);
        }
    }
}
