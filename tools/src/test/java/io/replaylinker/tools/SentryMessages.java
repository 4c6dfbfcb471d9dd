package io.replaylinker.tools;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Messages of a click that fails now, as Sentry puts them on its topics. */
public final class SentryMessages {

    private SentryMessages() {}

    /** The first segment of a replay of project 11, which saw these traces. */
    public static String segment(String replay, String... traces) {
        long now = Instant.now().getEpochSecond();
        String list = Arrays.stream(traces).map(trace -> '"' + trace + '"').collect(Collectors.joining(","));
        return """
                {"start_time":%d,"replay_id":"%s","project_id":11,"retention_days":90,"payload":{"type":"replay_event",\
                "replay_id":"%s","segment_id":0,"replay_type":"session","timestamp":%d,"replay_start_timestamp":%d,\
                "trace_ids":[%s],"platform":"javascript"}}""".formatted(now, replay, replay, now, now - 5, list);
    }

    /** An error of project 22 that names its replay. */
    public static String eventOfReplay(String event, String replay) {
        return event(event, "\"replay\":{\"replay_id\":\"" + replay + "\"}");
    }

    /** An error of project 22 that knows its trace alone. */
    public static String eventOfTrace(String event, String trace) {
        return event(event, "\"trace\":{\"trace_id\":\"" + trace + "\"}");
    }

    /** Those events of project 22 were deleted. */
    public static String deleted(String... events) {
        String list = Arrays.stream(events).map(event -> '"' + event + '"').collect(Collectors.joining(","));
        return "[2,\"tombstone_events\",{\"project_id\":22,\"event_ids\":[" + list + "]}]";
    }

    /** An error of project 22 that knows neither. */
    public static String eventOfNothing(String event) {
        return event(event, "");
    }

    private static String event(String id, String context) {
        long now = Instant.now().getEpochSecond();
        return """
                [2,"insert",{"event_id":"%s","organization_id":1,"project_id":22,"platform":"node","data":{"type":"error",\
                "level":"error","timestamp":%d,"received":%d,"contexts":{%s}}},{}]""".formatted(id, now - 1, now, context);
    }
}
