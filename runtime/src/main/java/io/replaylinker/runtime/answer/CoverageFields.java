package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.runtime.json.JsonFields;
import java.util.List;

/** The fields of a coverage, as {@code coverage --json} has them. */
public final class CoverageFields {

    private CoverageFields() {}

    /**
     * Writes them into an object.
     *
     * @param divided also by hour or day
     */
    public static void write(Coverage coverage, boolean divided, JsonFields json) {
        json.time("since", coverage.since());
        counts(coverage.total(), json);
        json.array("steps", divided ? coverage.steps() : List.of(), step -> {
            json.time("start", step.start());
            counts(step.counts(), json);
        });
    }

    private static void counts(List<Coverage.Count> counts, JsonFields json) {
        json.number("errors", Coverage.errors(counts));
        json.number("with_replay", Coverage.linked(counts));
        json.number("named_none", Coverage.unclaimed(counts));
        json.array("outcomes", counts, count -> {
            json.text("method", count.method());
            json.text("outcome", count.outcome());
            json.number("errors", count.errors());
            json.number("named_none", count.unclaimed());
        });
    }
}
