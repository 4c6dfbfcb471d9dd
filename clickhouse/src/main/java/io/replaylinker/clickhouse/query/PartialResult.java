package io.replaylinker.clickhouse.query;

import java.util.List;
import java.util.Optional;

/**
 * A result without its freshness.
 *
 * @param candidates two or more if several ids have the given prefix
 * @param value empty when the tables contain nothing about the id
 */
record PartialResult<T>(List<String> candidates, Optional<T> value) {

    /** Reads the details of the one matching id. */
    interface Story<T> {
        Optional<T> of(String id);
    }

    static <T> PartialResult<T> of(T value) {
        return new PartialResult<>(List.of(), Optional.of(value));
    }

    static <T> PartialResult<Page<T>> page(Page<T> page, Filter filter) {
        return new PartialResult<>(List.of(), page.known(filter));
    }

    /** Makes the result from the ids with the prefix. */
    static <T> PartialResult<T> of(List<String> ids, Story<T> story) {
        return ids.size() > 1
                ? new PartialResult<>(ids.stream().limit(Answer.Ambiguous.MOST).toList(), Optional.empty())
                : new PartialResult<>(List.of(), ids.stream().findFirst().flatMap(story::of));
    }

    Answer<T> with(Freshness freshness) {
        if (!candidates.isEmpty()) {
            return new Answer.Ambiguous<>(candidates, freshness);
        }
        return value.<Answer<T>>map(known -> new Answer.Found<>(known, freshness))
                .orElseGet(() -> new Answer.Unknown<>(freshness));
    }
}
