package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The only source of chance; counts what it decided, by name. */
final class Dice {

    private final SplittableRandom random;
    private final Map<String, Integer> taken = new TreeMap<>();

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Whether something happens; counted by its name if it does. */
    boolean chance(String name, double share) {
        boolean happens = random.nextDouble() < share;
        if (happens) {
            count(name);
        }
        return happens;
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    void count(String name) {
        taken.merge(name, 1, Integer::sum);
    }

    double point() {
        return random.nextDouble();
    }

    long between(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    int pick(int bound) {
        return random.nextInt(bound);
    }

    String id128() {
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }

    String id64() {
        return String.format("%016x", random.nextLong());
    }

    /** Moments between two others, in their order. */
    List<Long> moments(long from, long until, long count) {
        List<Long> moments = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            moments.add(between(from, Math.max(from, until)));
        }
        Collections.sort(moments);
        return moments;
    }

    Map<String, Integer> taken() {
        return taken;
    }
}
