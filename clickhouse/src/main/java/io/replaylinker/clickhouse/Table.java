package io.replaylinker.clickhouse;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table that the program needs. The actual table may have more columns if they have defaults. Names are constants and safe to quote.
 *
 * @param columns that the program writes, in row order; empty for a table that only views write to
 * @param derived columns that the table or its views fill and that readers query
 */
public record Table(String name, List<Column> columns, List<Column> derived) {

    public Table {
        columns = List.copyOf(columns);
        derived = List.copyOf(derived);
    }

    /** A view, or a table whose columns are not checked. */
    static Table named(String name) {
        return new Table(name, List.of(), List.of());
    }

    List<Column> allColumns() {
        return Stream.concat(columns.stream(), derived.stream()).toList();
    }

    public String qualified(ClickHouseSettings settings) {
        return Quoting.name(settings.database()) + "." + Quoting.name(name);
    }

    public List<String> quotedColumns() {
        return columns.stream().map(column -> Quoting.name(column.name())).toList();
    }
}
