package io.replaylinker.sinks.clickhouse.query;

import io.replaylinker.sinks.clickhouse.Parameters;
import io.replaylinker.sinks.clickhouse.TableReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Which organizations a question goes through. Every key begins with the organization, so a question that names none names all. They are
 * found by going from one to the next in the key, which reads a few rows each; a list of all different ones would read the whole column.
 */
final class Organizations {

    /** Beyond that many, reading the column once is faster than asking on. */
    private static final int STEPS = 64;

    private static final String NEXT = """
            SELECT toInt64(organization_id) AS organization
            FROM replays
            WHERE organization_id > {after:UInt64}
            ORDER BY organization_id
            LIMIT 1
            """;

    private static final String FIRST = """
            SELECT toInt64(organization_id) AS organization
            FROM replays
            ORDER BY organization_id
            LIMIT 1
            """;

    private static final String REST = """
            SELECT DISTINCT toInt64(organization_id) AS organization
            FROM replays
            WHERE organization_id > {after:UInt64}
            """;

    private final TableReader tables;

    Organizations(TableReader tables) {
        this.tables = tables;
    }

    /** Those that the filter asks for. */
    List<Long> of(Filter filter) {
        return filter.organization() == null ? all() : List.of(filter.organization());
    }

    private List<Long> all() {
        List<Long> found = new ArrayList<>();
        List<Long> step = ask(FIRST, new Parameters());
        while (!step.isEmpty() && found.size() < STEPS) {
            found.addAll(step);
            step = ask(NEXT, after(found));
        }
        if (!step.isEmpty()) {
            found.addAll(ask(REST, after(found)));
        }
        return found;
    }

    private static Parameters after(List<Long> found) {
        return new Parameters().unsigned("after", found.get(found.size() - 1));
    }

    private List<Long> ask(String sql, Parameters parameters) {
        return tables.rows("listing organizations", sql, parameters.values(), row -> row.number("organization"));
    }
}
