package io.replaylinker.clickhouse;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table as the program needs it: it may have more columns, if they have defaults. Names are our own and safe to quote.
 *
 * @param columns that the program writes, in the order of a row; none in a table that only views write to
 * @param derived columns that the table or its views fill, and readers ask for
 */
public record Table(String name, List<Column> columns, List<Column> derived) {

    public Table {
        columns = List.copyOf(columns);
        derived = List.copyOf(derived);
    }

    /** A view or a table of which nothing is asked but that it is there. */
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
