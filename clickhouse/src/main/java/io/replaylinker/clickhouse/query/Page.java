package io.replaylinker.clickhouse.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer.
 *
 * @param next where it ended; null when nothing follows
 */
public record Page<T>(List<T> rows, @Nullable Cursor next) {

    public Page {
        rows = List.copyOf(rows);
    }

    /** Of rows that were asked for with one more than the limit, which tells whether any follow. */
    static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Cursor> place) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, null);
        }
        return new Page<>(oneMore.subList(0, limit), place.apply(oneMore.get(limit - 1)));
    }

    /** Empty when nothing is known: the last page may be empty, the first not. */
    Optional<Page<T>> known(Filter filter) {
        return rows.isEmpty() && filter.after() == null ? Optional.empty() : Optional.of(this);
    }
}
