package io.replaylinker.tools.run;

import java.util.List;
import java.util.stream.Stream;

/** How metrics add up, as docs/metrics.md tells it, in what a worker answers at {@code /metrics}. */
record MetricSums(List<String> lines) {

    private static final List<String> OF_EVENTS =
            List.of("topic=\"events\"", "topic=\"transactions\"", "topic=\"ingest-spans\"");
    private static final List<String> OF_REPLAYS = List.of("topic=\"ingest-replay-events\"");

    static MetricSums of(String metrics) {
        return new MetricSums(
                metrics.lines().filter(line -> !line.startsWith("#")).toList());
    }

    /** True of a worker that has nothing in hand. */
    boolean allHold() {
        return read(OF_EVENTS) == sum("claims_total") + sum("spans_total") + neitherClaimNorObservation(OF_EVENTS)
                && read(OF_REPLAYS) == sum("replay_observations_total") + neitherClaimNorObservation(OF_REPLAYS)
                && claims()
                        == sum("links_total")
                                - sum("retractions_total")
                                + sum("unlinked_total")
                                + sum("unclaimed_total")
                                + sum("waiting");
    }

    private double read(List<String> topics) {
        return sum("records_total", topics);
    }

    private double neitherClaimNorObservation(List<String> topics) {
        return sum("control_total", topics) + sum("rejected_total", topics);
    }

    private double claims() {
        return sum("claims_total") - sum("claims_total", List.of("method=\"none\""));
    }

    private double sum(String metric) {
        return values(lines.stream(), metric);
    }

    private double sum(String metric, List<String> anyLabel) {
        return values(lines.stream().filter(line -> anyLabel.stream().anyMatch(line::contains)), metric);
    }

    private static double values(Stream<String> lines, String metric) {
        String name = "replay_linker_" + metric;
        return lines.filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
