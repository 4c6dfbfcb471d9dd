package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableReader;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the {@link Overview} beside each question. A question looks where the one before it found something, and is asked again in the
 * rare case that it should have looked elsewhere too.
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

    /** @param question what the tables tell of such a scope */
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
