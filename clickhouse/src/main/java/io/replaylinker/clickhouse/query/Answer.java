package io.replaylinker.clickhouse.query;

import java.util.List;
import java.util.function.Function;

/** What the tables say to a question. */
public sealed interface Answer<T> {

    Freshness freshness();

    /** The same answer about something made of the value. */
    default <R> Answer<R> map(Function<T, R> change) {
        if (this instanceof Found<T> found) {
            return new Found<>(change.apply(found.value()), freshness());
        }
        return this instanceof Ambiguous<T> several
                ? new Ambiguous<>(several.candidates(), freshness())
                : new Unknown<>(freshness());
    }

    /** They know it. */
    record Found<T>(T value, Freshness freshness) implements Answer<T> {}

    /**
     * Several begin with these digits.
     *
     * @param candidates whole ids in their order, two or more; {@link #MOST} when there may be more
     */
    record Ambiguous<T>(List<String> candidates, Freshness freshness) implements Answer<T> {

        /** That many are told. */
        public static final int MOST = 20;

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** They know nothing of it. */
    record Unknown<T>(Freshness freshness) implements Answer<T> {}
}
