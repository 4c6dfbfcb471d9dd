package io.replaylinker.clickhouse;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The current row of a query result, with its columns by name. */
public final class TableRow {

    private final ClickHouseBinaryFormatReader columns;

    TableRow(ClickHouseBinaryFormatReader columns) {
        this.columns = columns;
    }

    public String text(String column) {
        return columns.getString(column);
    }

    /** Reads an array of texts. */
    public List<String> texts(String column) {
        return List.copyOf(columns.<String>getList(column));
    }

    /** Reads a column with the {@code hex} of an id, in the usual form of an id. */
    public String id(String column) {
        return columns.getString(column).toLowerCase(Locale.ROOT);
    }

    /** Reads a whole number. A value above {@link Long#MAX_VALUE} is read as negative. */
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

    /** Reads a {@code DateTime64} column. */
    public Instant timestamp(String column) {
        return columns.getInstant(column);
    }

    /** Reads a column with epoch milliseconds. */
    public Instant time(String column) {
        return Instant.ofEpochMilli(columns.getLong(column));
    }
}
