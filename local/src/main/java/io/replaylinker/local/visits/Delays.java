package io.replaylinker.local.visits;

/** How long messages take from their sender to the topic. */
final class Delays {

    private static final long[] RETRIES_MS = {5_000, 15_000, 45_000};

    private final Dice dice;
    private final Knobs.Network network;

    Delays(Dice dice, Knobs.Network network) {
        this.dice = dice;
        this.network = network;
    }

    /** The record time of what a server sends. */
    long ofServer(long sentMs) {
        long late = dice.chance("slow message", network.slow()) ? dice.between(500, 8_000) : 0;
        return sentMs + dice.between(20, 400) + late;
    }

    /** The record time of what a browser or an app sends. */
    long ofDevice(Visitor visitor, long sentMs) {
        return ofServer(sentMs) + dice.between(20, 500) + visitor.uploadMs;
    }

    /** The record time of a replay segment, which passes another consumer. */
    long ofSegment(Visitor visitor, long flushedMs) {
        long retried = dice.chance("retried segment", network.retried()) ? RETRIES_MS[dice.pick(3)] : 0;
        return flushedMs + dice.between(100, 1_500) + retried + visitor.uploadMs;
    }

    /** A moment shortly after another. */
    long after(long atMs, long low, long high) {
        return atMs + dice.between(low, high);
    }
}
