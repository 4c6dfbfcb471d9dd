package io.replaylinker.tools.reprocess;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Some hours of visitors as records of the source topics, in the order of time; the same for the same seed. */
final class Visits {

    static final String EVENTS = "events";
    static final String REPLAYS = "ingest-replay-events";

    private static final Duration BETWEEN = Duration.ofSeconds(150);

    private final Random random;
    private final List<Message> messages = new ArrayList<>();

    /** A record with the timestamp that the broker shall keep. */
    record Message(String topic, int partition, long timestampMs, String value) {
        Message to(String another) {
            return new Message(another, partition, timestampMs, value);
        }
    }

    Visits(long seed) {
        this.random = new Random(seed);
    }

    /** Visitors from then on, for so long. */
    static List<Message> of(long seed, Instant start, Duration length) {
        Visits visits = new Visits(seed);
        int number = 0;
        for (Instant at = start; at.isBefore(start.plus(length)); at = at.plus(BETWEEN)) {
            visits.visit(number++, at);
        }
        visits.messages.sort((a, b) -> Long.compare(a.timestampMs(), b.timestampMs()));
        return visits.messages;
    }

    private void visit(int number, Instant start) {
        String replay = id(random);
        String trace = id(random);
        boolean sent = random.nextInt(6) > 0;
        int segments = 2 + random.nextInt(6);
        if (sent) {
            for (int segment = 0; segment < segments; segment++) {
                Instant at = start.plusSeconds(10L * segment);
                String traces = segment == 1 ? "\"" + trace + "\"" : "";
                messages.add(new Message(
                        REPLAYS, number % 2, at.toEpochMilli(), segment(replay, segment, traces, at, start)));
            }
        }
        for (int event = 0; event < 1 + random.nextInt(3); event++) {
            Instant at = start.plusSeconds(random.nextInt(40)).minusSeconds(5);
            String contexts =
                    switch (random.nextInt(3)) {
                        case 0 -> "\"replay\":{\"replay_id\":\"" + replay + "\"}";
                        case 1 -> "\"trace\":{\"trace_id\":\"" + trace + "\"}";
                        default -> "\"trace\":{\"trace_id\":\"" + trace + "\",\"hasReplay\":true}";
                    };
            messages.add(new Message(EVENTS, random.nextInt(2), at.toEpochMilli(), event(id(random), contexts, at)));
        }
    }

    private static String id(Random random) {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    static String segment(String replay, int number, String traces, Instant at, Instant start) {
        return """
                {"start_time":%d,"replay_id":"%s","project_id":11,"retention_days":90,"payload":{"type":"replay_event",\
                "replay_id":"%s","segment_id":%d,"replay_type":"session","timestamp":%d,"replay_start_timestamp":%d,\
                "trace_ids":[%s],"platform":"javascript"}}""".formatted(
                at.getEpochSecond(), replay, replay, number, at.getEpochSecond(), start.getEpochSecond(), traces);
    }

    static String event(String event, String contexts, Instant at) {
        return """
                [2,"insert",{"event_id":"%s","organization_id":1,"project_id":22,"platform":"node","data":{"type":"error",\
                "level":"error","timestamp":%d,"received":%d,"contexts":{%s}}},{}]""".formatted(event, at.getEpochSecond(), at.getEpochSecond(), contexts);
    }
}
