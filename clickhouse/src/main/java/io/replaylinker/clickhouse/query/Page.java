package io.replaylinker.clickhouse.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a result.
 *
 * @param next end of this page; null for the last page
 */
public record Page<T>(List<T> rows, @Nullable Cursor next) {

    public Page {
        rows = List.copyOf(rows);
    }

    /** Makes a page of rows that were queried with one more than the limit. The extra row shows whether another page follows. */
    static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Cursor> place) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, null);
        }
        return new Page<>(oneMore.subList(0, limit), place.apply(oneMore.get(limit - 1)));
    }

    /** Returns empty if nothing is known: the last page may be empty, the first may not. */
    Optional<Page<T>> known(Filter filter) {
        return rows.isEmpty() && filter.after() == null ? Optional.empty() : Optional.of(this);
    }
}
