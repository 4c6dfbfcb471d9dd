package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every query needs first: the known organizations, because every key begins with the organization, and the freshness of the tables.
 */
record Overview(List<Mark> marks, Freshness freshness) {

    /** A few rows per organization, until the engine merges them. */
    private static final String ALL = "SELECT organization_id, ingested_at, linked, archived FROM link_freshness";

    static Overview read(TableReader tables, Clock clock) {
        List<Mark> marks = tables.rows(
                "asking how fresh the tables are",
                ALL,
                Map.of(),
                row -> new Mark(
                        row.number("organization_id"),
                        row.timestamp("ingested_at"),
                        row.number("linked") == 1,
                        row.number("archived") == 1));
        Instant newest =
                marks.stream().map(Mark::newest).max(Instant::compareTo).orElse(null);
        return new Overview(marks, new Freshness(newest, clock.instant()));
    }

    /** @param organization to restrict the scope to, whether or not it is known; null for all */
    Scope scope(@Nullable Long organization) {
        if (organization == null) {
            return new Scope(
                    ids(marks.stream()),
                    ids(marks.stream().filter(Mark::linked)),
                    marks.stream().anyMatch(Mark::archived));
        }
        List<Long> one = List.of(organization);
        Predicate<Mark> mayBeIts = mark -> mark.organization() == organization || mark.organization() == 0;
        return new Scope(one, one, marks.stream().filter(mayBeIts).anyMatch(Mark::archived));
    }

    private static List<Long> ids(Stream<Mark> marks) {
        return marks.map(Mark::organization).distinct().sorted().toList();
    }

    private record Mark(long organization, Instant newest, boolean linked, boolean archived) {}
}
