package io.replaylinker.clickhouse;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The row that an answer has come to, its columns by name. */
public final class TableRow {

    private final ClickHouseBinaryFormatReader columns;

    TableRow(ClickHouseBinaryFormatReader columns) {
        this.columns = columns;
    }

    public String text(String column) {
        return columns.getString(column);
    }

    /** Of a column that is {@code hex} of an id: its digits as they are written everywhere else. */
    public String id(String column) {
        return columns.getString(column).toLowerCase(Locale.ROOT);
    }

    /** A whole number; one above the largest long comes out negative. */
    public long number(String column) {
        return columns.<Number>readValue(column).longValue();
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

    /** Of a column that is a {@code DateTime64}. */
    public Instant timestamp(String column) {
        return columns.getInstant(column);
    }

    /** Of a column that holds epoch milliseconds. */
    public Instant time(String column) {
        return Instant.ofEpochMilli(columns.getLong(column));
    }
}
