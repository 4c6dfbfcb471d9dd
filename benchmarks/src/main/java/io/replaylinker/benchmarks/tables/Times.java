package io.replaylinker.benchmarks.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;

/** Durations in milliseconds, and what most of them stay below. */
final class Times {

    private final List<Double> sorted;

    Times(List<Double> ms) {
        sorted = new ArrayList<>(ms);
        Collections.sort(sorted);
    }

    /** Asks so many times, one after another. */
    static Times of(int times, IntConsumer ask) {
        List<Double> ms = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long startedNanos = System.nanoTime();
            ask.accept(i);
            ms.add((System.nanoTime() - startedNanos) / 1e6);
        }
        return new Times(ms);
    }

    double median() {
        return percentile(50);
    }

    /** The smallest that so many of a hundred do not exceed. */
    double percentile(int percent) {
        int index = (int) Math.ceil(percent / 100.0 * sorted.size()) - 1;
        return sorted.get(Math.max(0, index));
    }
}
