package io.replaylinker.clickhouse.query;

import java.util.List;
import java.util.function.Function;

/** The result of a lookup. */
public sealed interface Answer<T> {

    Freshness freshness();

    /** Returns the same result with a value made from this one. */
    default <R> Answer<R> map(Function<T, R> change) {
        if (this instanceof Found<T> found) {
            return new Found<>(change.apply(found.value()), freshness());
        }
        return this instanceof Ambiguous<T> several
                ? new Ambiguous<>(several.candidates(), freshness())
                : new Unknown<>(freshness());
    }

    /** The tables contain it. */
    record Found<T>(T value, Freshness freshness) implements Answer<T> {}

    /**
     * Several ids begin with the given digits.
     *
     * @param candidates whole ids in their order, two or more (names of transactions: one or more); {@link #MOST} when there may be more
     */
    record Ambiguous<T>(List<String> candidates, Freshness freshness) implements Answer<T> {

        /** The largest number of candidates in a result. */
        public static final int MOST = 20;

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** The tables contain nothing about it. */
    record Unknown<T>(Freshness freshness) implements Answer<T> {}
}
