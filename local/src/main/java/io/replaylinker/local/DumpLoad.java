package io.replaylinker.local;

import io.replaylinker.local.dump.DumpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of what was loaded from the dumps. */
final class DumpLoad {

    private static final int PROBLEMS_KEPT = 5;

    private final Map<String, Long> records = new TreeMap<>();
    private final Map<String, Long> ignored = new TreeMap<>();
    private final List<DumpProblem> problems = new ArrayList<>();
    private long problemCount;
    private long newestMs;

    /** @param timestampMs of the record, epoch milliseconds */
    void loaded(String topic, long timestampMs) {
        records.merge(topic, 1L, Long::sum);
        newestMs = Math.max(newestMs, timestampMs);
    }

    void ignored(String topic) {
        ignored.merge(topic, 1L, Long::sum);
    }

    void problem(DumpProblem problem) {
        problemCount++;
        if (problems.size() < PROBLEMS_KEPT) {
            problems.add(problem);
        }
    }

    /** Records by topic. */
    Map<String, Long> records() {
        return records;
    }

    long recordCount() {
        return records.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The largest timestamp of a record, epoch milliseconds; 0 without any. */
    long newestMs() {
        return newestMs;
    }

    /** Records of topics that are not the worker's, by topic. */
    Map<String, Long> ignored() {
        return ignored;
    }

    /** The first few lines that are not records. */
    List<DumpProblem> problems() {
        return problems;
    }

    long problemCount() {
        return problemCount;
    }
}
