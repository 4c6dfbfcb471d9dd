package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.TableReader;
import java.time.Clock;
import java.util.function.IntSupplier;

/** Look-ups as only tests need them. */
public final class Lookups {

    private Lookups() {}

    /** Has the server put links together where a key has more than so many. */
    public static Lookup few(ClickHouse clickHouse, Clock clock, IntSupplier few) {
        return new Lookup(new TableReader(clickHouse), clock, limit -> few.getAsInt());
    }
}
