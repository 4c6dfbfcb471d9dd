package io.replaylinker.sinks.clickhouse;

import com.clickhouse.client.api.query.GenericRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of an answer, its columns by name. */
public final class TableRow {

    private final GenericRecord columns;

    TableRow(GenericRecord columns) {
        this.columns = columns;
    }

    public String text(String column) {
        return columns.getString(column);
    }

    /** A whole number; one above the largest long comes out negative if the query asks for it as {@code Int64}. */
    public long number(String column) {
        return columns.getLong(column);
    }

    public @Nullable Long numberOrNull(String column) {
        return columns.hasValue(column) ? columns.getLong(column) : null;
    }

    public double decimal(String column) {
        return columns.getDouble(column);
    }

    public boolean flag(String column) {
        return columns.getBoolean(column);
    }

    /** Of a column that holds epoch milliseconds. */
    public Instant time(String column) {
        return Instant.ofEpochMilli(columns.getLong(column));
    }
}
