package io.replaylinker.local.visits;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Linkers to compare with, on the same traffic. */
public final class Baselines {

    private Baselines() {}

    /** Sentry's way: the replay id that the SDK or Relay put on the event, whether that replay exists or not. */
    public static Map<String, String> sdkIdAlone(Traffic traffic) {
        Map<String, String> links = new HashMap<>();
        for (Traffic.PlainEvent event : traffic.plainEvents()) {
            if (event.ownId() != null) {
                links.put(event.eventId(), event.ownId());
            }
        }
        return links;
    }

    /** A query's way: a replay that lists the event's trace or is named with it; of several the nearest in time. */
    public static Map<String, String> anyTraceMatch(Traffic traffic) {
        Map<String, List<Traffic.PlainReplay>> byTrace =
                traffic.plainReplays().stream().collect(Collectors.groupingBy(Traffic.PlainReplay::traceId));
        Map<String, String> links = new HashMap<>();
        for (Traffic.PlainEvent event : traffic.plainEvents()) {
            byTrace.getOrDefault(event.traceId(), List.of()).stream()
                    .min(Comparator.comparingLong(replay -> Math.abs(replay.atMs() - event.atMs())))
                    .ifPresent(nearest -> links.put(event.eventId(), nearest.replayId()));
        }
        return links;
    }
}
