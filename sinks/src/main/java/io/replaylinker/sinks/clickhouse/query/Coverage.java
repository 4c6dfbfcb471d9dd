package io.replaylinker.sinks.clickhouse.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What share of backend errors has a replay: of those that claimed one by id or flag, or were linked by their trace. An error without any
 * claim is in no count.
 *
 * @param since the start of the first hour that counts
 * @param steps those with any error, in the order of time
 */
public record Coverage(Instant since, List<Step> steps) {

    public Coverage {
        steps = List.copyOf(steps);
    }

    /** All steps together. */
    public List<Count> total() {
        Map<String, Count> sums = new TreeMap<>();
        for (Step step : steps) {
            for (Count count : step.counts()) {
                sums.merge(count.method() + "/" + count.outcome(), count, Count::plus);
            }
        }
        return List.copyOf(sums.values());
    }

    /** How many errors. */
    public static long errors(List<Count> counts) {
        return counts.stream().mapToLong(Count::errors).sum();
    }

    /** How many of them have a replay. */
    public static long linked(List<Count> counts) {
        return counts.stream()
                .filter(count -> count.outcome().equals("LINKED"))
                .mapToLong(Count::errors)
                .sum();
    }

    /** An hour or a day. */
    public record Step(Instant start, List<Count> counts) {

        public Step {
            counts = List.copyOf(counts);
        }
    }

    /**
     * Errors that ended alike.
     *
     * @param method what they claimed: replay_id, flag or trace
     * @param outcome LINKED, TAKEN_BACK, or the reason why there is no link
     */
    public record Count(String method, String outcome, long errors) {

        Count plus(Count other) {
            return new Count(method, outcome, errors + other.errors);
        }
    }
}
