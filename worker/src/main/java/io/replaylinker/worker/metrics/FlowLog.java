package io.replaylinker.worker.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what flowed once a minute, and once each when the join caught up with its topics and when it emitted its first link. */
final class FlowLog {

    private static final Logger LOG = LoggerFactory.getLogger(FlowLog.class);
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final MeterRegistry meters;
    private final boolean hasJoin;
    private final boolean hasSinks;
    private final LongSupplier nanoTime;
    private final Map<String, Double> logged = new HashMap<>();
    private long loggedNanos;
    private double readBefore;
    private boolean caughtUp;
    private boolean linked;

    FlowLog(MeterRegistry meters, boolean hasJoin, boolean hasSinks, LongSupplier nanoTime) {
        this.meters = meters;
        this.hasJoin = hasJoin;
        this.hasSinks = hasSinks;
        this.nanoTime = nanoTime;
        this.loggedNanos = nanoTime.getAsLong();
    }

    /** To be called every few seconds. */
    void look() {
        if (hasJoin) {
            lookAtJoin();
        }
        if (nanoTime.getAsLong() - loggedNanos >= EVERY_NANOS) {
            loggedNanos = nanoTime.getAsLong();
            LOG.info("Last minute: {}", minute());
        }
    }

    private void lookAtJoin() {
        double read = counted("replay_linker_records");
        OptionalDouble lag = lag();
        // Records that come in all the time leave a lag of those that came since the last look.
        if (!caughtUp && lag.isPresent() && lag.getAsDouble() <= Math.max(0, read - readBefore)) {
            caughtUp = true;
            LOG.info("Caught up with the source topics");
        }
        readBefore = read;
        if (!linked && counted("replay_linker_links") > 0) {
            linked = true;
            LOG.info("First link since the start");
        }
    }

    private String minute() {
        StringBuilder line = new StringBuilder();
        if (hasJoin) {
            line.append("%,d records read, %,d links, %,d retractions, %,d unlinked, %,d rejected, %,.0f events waiting"
                    .formatted(
                            since("replay_linker_records"),
                            since("replay_linker_links"),
                            since("replay_linker_retractions"),
                            since("replay_linker_unlinked"),
                            since("replay_linker_rejected"),
                            values("replay_linker_waiting", Gauge.class, Gauge::value)
                                    .sum()));
        }
        if (hasSinks) {
            line.append(line.isEmpty() ? "" : ", ")
                    .append("%,d rows inserted".formatted(since("replay_linker_sink_rows")));
        }
        OptionalDouble lag = lag();
        return line.append(lag.isPresent() ? ", lag %,.0f records".formatted(lag.getAsDouble()) : ", lag unknown")
                .toString();
    }

    private long since(String name) {
        double now = counted(name);
        Double before = logged.put(name, now);
        return Math.round(now - (before == null ? 0 : before));
    }

    private double counted(String name) {
        return values(name, Counter.class, Counter::count).sum();
    }

    /** Of all readers; empty while it is unknown. */
    private OptionalDouble lag() {
        double[] lags = values("replay_linker_lag", Gauge.class, Gauge::value).toArray();
        double sum = DoubleStream.of(lags).sum();
        return lags.length == 0 || Double.isNaN(sum) ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    private <T extends Meter> DoubleStream values(String name, Class<T> type, ToDoubleFunction<T> value) {
        return meters.getMeters().stream()
                .filter(meter ->
                        type.isInstance(meter) && Metric.nameOf(meter.getId()).equals(name))
                .mapToDouble(meter -> value.applyAsDouble(type.cast(meter)));
    }
}
