package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every question begins with: which organizations it goes through, because every key begins with the organization, and how fresh the
 * tables are.
 *
 * @param organizations the one that was asked for, or all
 */
record Overview(List<Long> organizations, Freshness freshness) {

    /** A few rows each, until the engine merges them. */
    private static final String ALL = "SELECT organization_id, ingested_at FROM link_freshness";

    static Overview read(TableReader tables, Clock clock, @Nullable Long organization) {
        List<Known> all = tables.rows(
                "asking how fresh the tables are",
                ALL,
                Map.of(),
                row -> new Known(row.number("organization_id"), row.timestamp("ingested_at")));
        Instant newest = all.stream().map(Known::newest).max(Instant::compareTo).orElse(null);
        return new Overview(
                organization == null
                        ? all.stream()
                                .map(Known::organization)
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of(organization),
                new Freshness(newest, clock.instant()));
    }

    private record Known(long organization, Instant newest) {}
}
