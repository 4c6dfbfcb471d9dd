package io.replaylinker.topology;

import io.replaylinker.topology.join.KeyedJoin;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Lets a step of the join expire its rows: on wall-clock punctuation, by the replay side's clock, in chunks that never hold up the
 * records for long; or in band, when the watermark arrives among recorded input.
 *
 * <p>What a round tells is safe on its topic with the next commit, but nobody says when that was. The thread that runs the rounds
 * commits too, as soon as the commit interval is over; so after two of them it is done.
 */
final class Expiry {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int CHUNK = 1_000;
    private static final long AT_MOST_MS = 200;
    private static final long DEFAULT_COMMIT_MS = 30_000;

    private final String name;
    private final KeyedJoin step;
    private final Windows windows;
    private final JoinGauges gauges;
    private final ReplayClock clock;
    private final LongConsumer before;
    private final LongConsumer told;
    private final long safeAfterMs;
    private final boolean inBand;
    private long reachedMs = ReplayClock.BEGINNING;
    private long settledAtMs;
    /** When all that was due had expired for the last time. */
    private long doneAtMs;

    private Expiry(
            String name,
            KeyedJoin step,
            Windows windows,
            JoinGauges gauges,
            ReplayClock clock,
            LongConsumer before,
            LongConsumer told,
            long safeAfterMs,
            boolean inBand) {
        this.name = name;
        this.step = step;
        this.windows = windows;
        this.gauges = gauges;
        this.clock = clock;
        this.before = before;
        this.told = told;
        this.safeAfterMs = safeAfterMs;
        this.inBand = inBand;
    }

    /**
     * Starts the expiry of a step.
     *
     * @param name of the step
     * @param gauges are given in each round where the step stands
     * @param before is given the wall clock before each round, so that what expires gets a timestamp
     * @param told is given the step's clock in each round, or {@link ReplayClock#BEGINNING}
     */
    static Expiry schedule(
            ProcessorContext<?, ?> context,
            ReplaySideSettings settings,
            Windows windows,
            String name,
            KeyedJoin step,
            JoinGauges gauges,
            LongConsumer before,
            LongConsumer told) {
        ReplayClock clock = new ReplayClock(context.currentSystemTimeMs(), settings);
        Expiry expiry = new Expiry(
                name, step, windows, gauges, clock, before, told, 2 * commitIntervalMs(context), settings.inBand());
        windows.opened(step);
        context.schedule(
                EVERY, PunctuationType.WALL_CLOCK_TIME, settings.inBand() ? nowMs -> expiry.note() : expiry::round);
        return expiry;
    }

    void advance(JoinInput.Tick tick) {
        clock.advance(tick);
        if (inBand) {
            reach(clock.timeMs(Long.MAX_VALUE));
        }
    }

    /**
     * All that is due by the watermark expires before the next record, and the next step gets the watermark behind it. A run that expires
     * in band starts anew after a crash, so nothing has to wait for a commit.
     */
    private void reach(long untilMs) {
        if (untilMs <= reachedMs) {
            return;
        }
        reachedMs = untilMs;
        if (untilMs == RecordClock.END) {
            close();
        } else {
            Closing.expire(step, untilMs);
        }
        told.accept(untilMs);
    }

    private void note() {
        if (reachedMs != RecordClock.END) {
            gauges.note(this, new JoinGauges.Note(name, step.waiting(), reachedMs, 0));
        }
    }

    void stop() {
        windows.closed(step);
        gauges.forget(this);
    }

    private static long commitIntervalMs(ProcessorContext<?, ?> context) {
        Object interval = context.appConfigs().get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
        return interval == null ? DEFAULT_COMMIT_MS : Long.parseLong(interval.toString());
    }

    private void round(long nowMs) {
        before.accept(nowMs);
        if (windows.closing()) {
            close();
            return;
        }
        long untilMs = clock.timeMs(nowMs);
        told.accept(untilMs);
        if (untilMs == ReplayClock.BEGINNING || expire(untilMs, nowMs)) {
            doneAtMs = nowMs;
        }
        gauges.note(this, new JoinGauges.Note(name, step.waiting(), untilMs, nowMs - doneAtMs));
    }

    /** Whether all is done that is due. */
    private boolean expire(long untilMs, long nowMs) {
        settle(nowMs);
        long startedAt = System.nanoTime();
        int looked = CHUNK;
        while (looked == CHUNK
                && System.nanoTime() - startedAt
                        <= Duration.ofMillis(AT_MOST_MS).toNanos()) {
            looked = step.expire(untilMs, CHUNK);
            gauges.expired(name, looked);
        }
        return looked < CHUNK;
    }

    private void settle(long nowMs) {
        if (nowMs - settledAtMs >= safeAfterMs) {
            settledAtMs = nowMs;
            step.settle();
        }
    }

    /** The end of a bounded run, which starts anew should it not get there. */
    private void close() {
        Closing.close(step);
        windows.closed(step);
    }
}
