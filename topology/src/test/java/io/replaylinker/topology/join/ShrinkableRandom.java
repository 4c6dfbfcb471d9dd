package io.replaylinker.topology.join;

import java.util.List;

/**
 * Small numbers that decide what happens next, over and over again. In place of a random, so that shrinking can make them smaller:
 * 0 is always the plainest choice.
 */
final class ShrinkableRandom {

    private final List<Integer> numbers;
    private int next;

    ShrinkableRandom(List<Integer> numbers) {
        this.numbers = numbers;
    }

    /** From 0 to below the bound. */
    int next(int bound) {
        return numbers.isEmpty() ? 0 : numbers.get(next++ % numbers.size()) % bound;
    }
}
