package io.replaylinker.benchmarks.tables;

import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.TopicSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long a link takes from its producer's hand to an answer of ClickHouse, at a steady rate: every so many links one is looked for until it is
 * there. Looked twenty-five times a second, which is how exact it is.
 */
final class Visibility {

    private static final long LOOK_EVERY_NANOS = 40_000_000;
    private static final int PROBES = 300;

    private final RawTable server;
    private final String database;

    Visibility(RawTable server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Milliseconds of each link that was looked for. */
    Times measure(LinkTopic links, TopicSink<Link> sink, double linksPerSecond, int seconds) {
        int all = (int) (linksPerSecond * seconds);
        int probeEvery = Math.max(1, all / PROBES);
        Map<String, Long> waiting = new HashMap<>();
        List<Double> seen = new ArrayList<>();
        long startedNanos = System.nanoTime();
        long lookedNanos = startedNanos;
        int sent = 0;
        while (sent < all || !waiting.isEmpty()) {
            long target = Math.min(all, (long) ((System.nanoTime() - startedNanos) / 1e9 * linksPerSecond));
            for (; sent < target; sent++) {
                Link link = links.send();
                if (sent % probeEvery == 0) {
                    waiting.put(
                            HexFormat.of()
                                    .formatHex(link.getEvent().getEventId().bytes()),
                            System.nanoTime());
                }
            }
            if (System.nanoTime() - lookedNanos > LOOK_EVERY_NANOS) {
                lookedNanos = System.nanoTime();
                look(waiting, seen);
            }
            if (System.nanoTime() - startedNanos > TimeUnit.SECONDS.toNanos(2L * seconds + 60)) {
                throw new IllegalStateException(waiting.size() + " links never came: " + sink.failure());
            }
        }
        return new Times(seen);
    }

    private void look(Map<String, Long> waiting, List<Double> seen) {
        if (waiting.isEmpty()) {
            return;
        }
        String ids = waiting.keySet().stream()
                .map(id -> "unhex('" + id + "')")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        String found = server.text("SELECT DISTINCT lower(hex(event_id)) FROM `" + database
                + "`.replay_links WHERE event_id IN (" + ids + ")");
        long nowNanos = System.nanoTime();
        found.lines().forEach(id -> {
            Long sentNanos = waiting.remove(id);
            if (sentNanos != null) {
                seen.add((nowNanos - sentNanos) / 1e6);
            }
        });
    }
}
