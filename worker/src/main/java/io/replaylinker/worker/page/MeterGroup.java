package io.replaylinker.worker.page;

import io.micrometer.core.instrument.Meter;
import io.replaylinker.worker.metrics.Metric;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The counters on the page, each divided by one of its tags. */
enum MeterGroup {
    RECORDS("replay_linker_records", "topic"),
    REPLAY_OBSERVATIONS("replay_linker_replay_observations", ""),
    SPANS("replay_linker_spans", "kind"),
    CLAIMS("replay_linker_claims", "method"),
    CONTROL("replay_linker_control", "operation"),
    REJECTED("replay_linker_rejected", "reason"),
    LINKS("replay_linker_links", "method"),
    RETRACTIONS("replay_linker_retractions", "method"),
    UNLINKED("replay_linker_unlinked", "reason"),
    UNCLAIMED("replay_linker_unclaimed", "reason"),
    SINK_ROWS("replay_linker_sink_rows", "sink"),
    SINK_ERRORS("replay_linker_sink_errors", "class");

    private static final Map<String, MeterGroup> BY_METER =
            Arrays.stream(values()).collect(Collectors.toMap(group -> group.meter, Function.identity()));

    private final String meter;
    private final String tag;

    /**
     * A group of counters.
     *
     * @param tag that distinguishes them; empty where there is one only
     */
    MeterGroup(String meter, String tag) {
        this.meter = meter;
        this.tag = tag;
    }

    /** Empty where the page does not show the meter. */
    static Optional<MeterGroup> of(Meter.Id meter) {
        return Optional.ofNullable(BY_METER.get(Metric.nameOf(meter)));
    }

    String tag() {
        return tag;
    }

    /** As the JSON calls it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
