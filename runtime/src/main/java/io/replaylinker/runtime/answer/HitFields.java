package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.runtime.json.JsonFields;
import java.util.List;

/** Replays with a summary of their events, as {@code lookup replays --json} has them. */
public final class HitFields {

    private HitFields() {}

    /** Writes them as an array of that name. */
    public static void write(String name, List<ReplayHit> hits, JsonFields json, SentryLinks sentry) {
        json.array(name, hits, hit -> JsonParts.hit(hit, json, sentry));
    }
}
