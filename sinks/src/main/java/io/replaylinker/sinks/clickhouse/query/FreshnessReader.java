package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The newest word that the tables have. Lives and links both end up in {@code replays}, and what is alive began today or yesterday; only
 * when nothing did is the whole column read.
 */
final class FreshnessReader {

    private static final String NEWEST = """
            SELECT toUnixTimestamp64Milli(max(ingested_at)) AS newest_ms
            FROM replays
            WHERE day >= {from:Date} AND day <= {until:Date}
            """;

    private final TableReader tables;
    private final Clock clock;

    FreshnessReader(TableReader tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    Freshness now() {
        Instant now = clock.instant();
        long newest = newest(
                Days.text(Lives.day(now).minusDays(1)), Days.text(Lives.day(now).plusDays(1)));
        if (newest == 0) {
            newest = newest(Days.text(Days.FIRST), Days.text(Days.LAST));
        }
        return new Freshness(newest == 0 ? null : Instant.ofEpochMilli(newest), now);
    }

    private long newest(String from, String until) {
        Parameters parameters = new Parameters().text("from", from).text("until", until);
        List<Long> newest = tables.rows(
                "asking how fresh the tables are", NEWEST, parameters.values(), row -> row.number("newest_ms"));
        return newest.isEmpty() ? 0 : newest.get(0);
    }
}
