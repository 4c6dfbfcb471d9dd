package io.replaylinker.clickhouse.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What share of backend errors has a replay: of all of them, with a trace or without, whether or not they name a replay. Errors that still
 * wait are not counted yet; those that users deleted, calls and issue-platform events are not counted.
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

    /** How many of them have no replay and named none: neither an id nor a sign that there is one. */
    public static long unclaimed(List<Count> counts) {
        return counts.stream().mapToLong(Count::unclaimed).sum();
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
     * @param method of links: replay_id, error_id, span, trace or user; of the others what they named: replay_id, trace or unknown
     * @param outcome LINKED, TAKEN_BACK, or the reason why there is no link
     * @param errors how many
     * @param unclaimed how many of them have no replay and named none
     */
    public record Count(String method, String outcome, long errors, long unclaimed) {

        Count plus(Count other) {
            return new Count(method, outcome, errors + other.errors, unclaimed + other.unclaimed);
        }
    }
}
