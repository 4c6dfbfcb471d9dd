package io.replaylinker.benchmarks.join;

import java.util.Locale;

/** Kafka Streams' guarantee. */
public enum Guarantee {
    AT_LEAST_ONCE,
    EXACTLY_ONCE_V2;

    /** As settings spell it. */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
