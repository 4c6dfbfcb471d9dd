package io.replaylinker.worker.page;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.worker.metrics.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Present values of a registry's gauges. */
final class Gauges {

    private final MeterRegistry meters;

    Gauges(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * One of several gauges of a name.
     *
     * @param value NaN while it is unknown
     */
    record Sample(Meter.Id id, double value) {

        /** Empty where there is no such tag. */
        String tag(String name) {
            return Objects.requireNonNullElse(id.getTag(name), "");
        }
    }

    /**
     * All of a name that have a value, in the order of their tags.
     *
     * @param name with underscores, whether it was registered with them or with dots
     */
    List<Sample> named(String name) {
        return all(name).stream()
                .filter(sample -> !Double.isNaN(sample.value()))
                .toList();
    }

    /** The same with gauges whose value is unknown, NaN. */
    List<Sample> all(String name) {
        return meters.getMeters().stream()
                .filter(meter ->
                        meter instanceof Gauge && Metric.nameOf(meter.getId()).equals(name))
                .map(meter -> new Sample(meter.getId(), ((Gauge) meter).value()))
                .sorted(Comparator.comparing(sample -> sample.id().getTags().toString()))
                .toList();
    }
}
