package io.replaylinker.benchmarks.workload;

import java.util.HexFormat;

/** Random numbers that are a function of what they are for, so that nothing of the workload has to be kept: SplitMix64's finisher. */
record SeededHash(long seed) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final HexFormat HEX = HexFormat.of();

    /** What a number is for. */
    enum Use {
        REPLAY_ID(1),
        TRACE_ID(2),
        OWN_TRACE_ID(3),
        EVENT_ID(4),
        SPAN_ID(5),
        PARENT_SPAN_ID(6),
        CLIENT_SPAN_ID(7),
        GROUP(8),
        ROUTE(9),
        SORT(10),
        TIME(11),
        INNER_SPAN_ID(12);

        private final long salt;

        Use(long salt) {
            this.salt = salt;
        }
    }

    long number(Use use, long of) {
        return mix(mix(seed + use.salt * GOLDEN) + of * GOLDEN);
    }

    /** From 0 to the bound, the bound excluded. */
    int below(int bound, Use use, long of) {
        return (int) ((number(use, of) >>> 33) % bound);
    }

    /** 32 hex digits. */
    String id(Use use, long of) {
        long first = number(use, of);
        return HEX.toHexDigits(first) + HEX.toHexDigits(mix(first + GOLDEN));
    }

    /** 16 hex digits. */
    String spanId(Use use, long of) {
        return HEX.toHexDigits(number(use, of));
    }

    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }
}
