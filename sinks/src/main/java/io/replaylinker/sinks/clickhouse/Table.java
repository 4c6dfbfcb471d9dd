package io.replaylinker.sinks.clickhouse;

import java.util.List;

/** A table as the program needs it: it may have more columns, if they have defaults. Names are our own and safe to quote. */
record Table(String name, List<Column> columns) {

    Table {
        columns = List.copyOf(columns);
    }

    String qualified(ClickHouseSettings settings) {
        return Quoting.name(settings.database()) + "." + Quoting.name(name);
    }

    List<String> quotedColumns() {
        return columns.stream().map(column -> Quoting.name(column.name())).toList();
    }
}
