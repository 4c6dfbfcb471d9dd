package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import java.time.LocalDate;
import java.util.List;

/** Finds names of transactions by a part of them. No index has parts of names, so only a range of days is read. */
final class TransactionNames {

    private static final String CONTAINING = """
            SELECT DISTINCT toString(`transaction`) AS name
            FROM replays_by_transaction
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND day >= {from:Date}
              AND positionCaseInsensitiveUTF8(`transaction`, {part:String}) > 0
            ORDER BY name
            LIMIT {limit:UInt32}
            """;

    private final TableReader tables;

    TransactionNames(TableReader tables) {
        this.tables = tables;
    }

    List<String> containing(List<Long> organizations, String part, LocalDate from) {
        Parameters parameters = new Parameters()
                .unsigned("organizations", organizations)
                .text("from", Days.text(from))
                .text("part", part)
                .number("limit", Answer.Ambiguous.MOST);
        return tables.rows("looking for transactions", CONTAINING, parameters.values(), row -> row.text("name"));
    }
}
