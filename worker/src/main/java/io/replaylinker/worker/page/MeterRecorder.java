package io.replaylinker.worker.page;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samples meters into their history in a thread of its own, from its start to its end. */
public final class MeterRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MeterRecorder.class);

    private final MeterHistory history;
    private final Gauges gauges;
    private final Instant startedAt;
    private final ScheduledExecutorService thread;
    private final ScheduledFuture<?> sampling;

    private MeterRecorder(MeterRegistry meters, Duration every) {
        Clock clock = Clock.systemUTC();
        history = new MeterHistory(meters, clock, every);
        gauges = new Gauges(meters);
        history.sample();
        startedAt = clock.instant();
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread sampler = new Thread(task, "meter-recorder");
            sampler.setDaemon(true);
            return sampler;
        });
        sampling = thread.scheduleAtFixedRate(this::sample, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts to sample; what was counted before is in the totals alone.
     *
     * @param every 1 to 15 seconds
     */
    public static MeterRecorder start(MeterRegistry meters, Duration every) {
        return new MeterRecorder(meters, every);
    }

    MeterHistory history() {
        return history;
    }

    Gauges gauges() {
        return gauges;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** A failed sample must not be the last. */
    private void sample() {
        try {
            history.sample();
        } catch (RuntimeException e) {
            LOG.warn("The meters could not be read for the status page", e);
        }
    }

    @Override
    public void close() {
        sampling.cancel(false);
        thread.shutdown();
    }
}
