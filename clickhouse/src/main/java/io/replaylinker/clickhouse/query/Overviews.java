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
    private final Beside beside;
    private @Nullable Overview known;

    Overviews(TableReader tables, Clock clock, Beside beside) {
        this.tables = tables;
        this.clock = clock;
        this.beside = beside;
    }

    /** @param question what the tables tell of such a scope */
    <T> Answer<T> answer(@Nullable Long organization, Function<Scope, Told<T>> question) {
        Supplier<Overview> asked = beside.ask(() -> Overview.read(tables, clock));
        Scope early = expected(organization);
        Told<T> told = early == null ? null : question.apply(early);
        Overview now = asked.get();
        known = now;
        Scope scope = now.scope(organization);
        if (told == null || early == null || !early.covers(scope)) {
            told = question.apply(scope);
        }
        return told.with(now.freshness());
    }

    private @Nullable Scope expected(@Nullable Long organization) {
        if (known != null) {
            return known.scope(organization);
        }
        return organization == null ? null : Scope.of(organization);
    }
}
