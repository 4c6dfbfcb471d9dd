package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableReader;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link Overview} in parallel with each query. The query uses the scope of the previous overview. It is repeated in the rare
 * case that the new overview shows a scope beyond that one.
 */
final class Overviews {

    private final TableReader tables;
    private final Clock clock;
    private final ParallelQueries queries;
    private @Nullable Overview known;

    Overviews(TableReader tables, Clock clock, ParallelQueries queries) {
        this.tables = tables;
        this.clock = clock;
        this.queries = queries;
    }

    /** @param question reads the result within a scope */
    <T> Answer<T> answer(@Nullable Long organization, Function<Scope, PartialResult<T>> question) {
        Supplier<Overview> pending = queries.submit(() -> Overview.read(tables, clock));
        Scope early = expected(organization);
        PartialResult<T> partial = early == null ? null : question.apply(early);
        Overview now = pending.get();
        known = now;
        Scope scope = now.scope(organization);
        if (partial == null || early == null || !early.covers(scope)) {
            partial = question.apply(scope);
        }
        return partial.with(now.freshness());
    }

    private @Nullable Scope expected(@Nullable Long organization) {
        if (known != null) {
            return known.scope(organization);
        }
        return organization == null ? null : Scope.of(organization);
    }
}
