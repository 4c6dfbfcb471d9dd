package io.replaylinker.clickhouse.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The linked share of backend errors. It counts all backend errors, with or without a trace, whether or not they claim a replay. Pending
 * errors are not counted yet. Errors that users deleted, calls and issue-platform events are not counted.
 *
 * @param since start of the first hour that counts
 * @param steps that contain any error, in chronological order
 * @param earlier hours of the errors before {@code since}; null if there are none, or if they were not looked up
 */
public record Coverage(
        Instant since, List<Step> steps, @Nullable Span earlier) {

    public Coverage {
        steps = List.copyOf(steps);
    }

    /** A coverage without earlier errors. */
    public Coverage(Instant since, List<Step> steps) {
        this(since, steps, null);
    }

    /** Returns the same coverage with the hours of earlier errors. */
    public Coverage after(Span earlier) {
        return new Coverage(since, steps, earlier);
    }

    /**
     * A range of hours.
     *
     * @param from start of the first hour
     * @param until end of the last hour
     */
    public record Span(Instant from, Instant until) {}

    /** The counts over all steps. */
    public List<Count> total() {
        Map<String, Count> sums = new TreeMap<>();
        for (Step step : steps) {
            for (Count count : step.counts()) {
                sums.merge(count.method() + "/" + count.outcome(), count, Count::plus);
            }
        }
        return List.copyOf(sums.values());
    }

    /** Returns the number of errors. */
    public static long errors(List<Count> counts) {
        return counts.stream().mapToLong(Count::errors).sum();
    }

    /** Returns the number of linked errors. */
    public static long linked(List<Count> counts) {
        return counts.stream()
                .filter(count -> count.outcome().equals("LINKED"))
                .mapToLong(Count::errors)
                .sum();
    }

    /** Returns the number of errors without a replay and without a claim: neither an id nor another sign of a replay. */
    public static long unclaimed(List<Count> counts) {
        return counts.stream().mapToLong(Count::unclaimed).sum();
    }

    /** The counts of an hour or a day. */
    public record Step(Instant start, List<Count> counts) {

        public Step {
            counts = List.copyOf(counts);
        }
    }

    /**
     * Errors with the same method and outcome.
     *
     * @param method of a link: replay_id, error_id, span, trace or user; without a link the claim's evidence: replay_id, trace or unknown
     * @param outcome LINKED, TAKEN_BACK, or the reason why there is no link
     * @param errors number of errors
     * @param unclaimed number of these errors without a replay and without a claim
     */
    public record Count(String method, String outcome, long errors, long unclaimed) {

        Count plus(Count other) {
            return new Count(method, outcome, errors + other.errors, unclaimed + other.unclaimed);
        }
    }
}
