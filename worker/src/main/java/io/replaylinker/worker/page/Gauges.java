package io.replaylinker.worker.page;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Gauges of a registry as they stand now. */
final class Gauges {

    private final MeterRegistry meters;

    Gauges(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * One of several gauges of a name.
     *
     * @param value a number; gauges that have none are left out
     */
    record Standing(Meter.Id id, double value) {

        /** Empty where there is no such tag. */
        String tag(String name) {
            return Objects.requireNonNullElse(id.getTag(name), "");
        }
    }

    /**
     * All of a name, in the order of their tags.
     *
     * @param name with underscores, whether it was registered with them or with dots
     */
    List<Standing> named(String name) {
        return meters.getMeters().stream()
                .filter(meter -> meter instanceof Gauge
                        && meter.getId().getName().replace('.', '_').equals(name))
                .map(meter -> new Standing(meter.getId(), ((Gauge) meter).value()))
                .filter(standing -> !Double.isNaN(standing.value()))
                .sorted(Comparator.comparing(standing -> standing.id().getTags().toString()))
                .toList();
    }
}
