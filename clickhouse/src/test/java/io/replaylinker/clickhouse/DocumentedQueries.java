package io.replaylinker.clickhouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SQL of docs/queries.md, as readers copy it. */
final class DocumentedQueries {

    private static final Pattern QUERY =
            Pattern.compile("```sql\\R-- query: ([^\\n]+)\\R(.*?)```(?:\\R\\R```\\R(.*?)```)?", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+):([^}]+)}");

    private final Map<String, String> queries = new LinkedHashMap<>();
    private final Map<String, String> answers = new HashMap<>();

    DocumentedQueries() {
        try {
            Matcher query = QUERY.matcher(Files.readString(Path.of("../docs/queries.md")));
            while (query.find()) {
                queries.put(query.group(1), query.group(2));
                if (query.group(3) != null) {
                    answers.put(query.group(1), query.group(3));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> names() {
        return queries.keySet();
    }

    /** Those that the page shows an answer of. */
    Set<String> answered() {
        return answers.keySet();
    }

    /** The answer that the page shows. */
    List<String> answer(String name) {
        return answers.getOrDefault(name, "").lines().toList();
    }

    /** The answer as {@code clickhouse-client} shows it. */
    List<String> show(TestDatabase database, String name, Map<String, ?> parameters) {
        return database.queryInside(
                sql(name)
                        + " FORMAT PrettyCompactMonoBlock SETTINGS output_format_pretty_color = 0, output_format_pretty_row_numbers = 0",
                values(name, parameters));
    }

    /** Rows with a tab between columns. What is not said of the parameters is that of the samples. */
    List<String> ask(TestDatabase database, String name, Map<String, ?> parameters) {
        return database.queryInside(sql(name), values(name, parameters));
    }

    /** Rows of the query with a part more in front of its order. */
    List<String> askWith(TestDatabase database, String name, String part, Map<String, ?> parameters) {
        return database.queryInside(
                sql(name).replace("\nORDER BY", "\n" + part + "\nORDER BY"), values(name, parameters));
    }

    /** What the query would read, by which index. */
    List<String> explain(TestDatabase database, String name, Map<String, ?> parameters) {
        return database.queryInside("EXPLAIN indexes = 1 " + sql(name), values(name, parameters));
    }

    private Map<String, Object> values(String name, Map<String, ?> parameters) {
        Map<String, Object> values = new HashMap<>();
        PARAMETER.matcher(sql(name)).results().forEach(parameter -> {
            Object value = parameters.get(parameter.group(1));
            values.put(parameter.group(1), text(value == null ? usual(parameter.group(1)) : value));
        });
        return values;
    }

    String sql(String name) {
        String sql = queries.get(name);
        if (sql == null) {
            throw new IllegalArgumentException("docs/queries.md has no query " + name);
        }
        return sql;
    }

    private static Object usual(String parameter) {
        return switch (parameter) {
            case "organization" -> 1;
            case "limit" -> 100;
            case "project" -> 12;
            case "min_duration_ms" -> 60_000;
            case "from" -> "2026-03-04";
            case "until" -> "2026-03-05";
            default -> throw new IllegalArgumentException("a value is needed for " + parameter);
        };
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? "['" + String.join("','", list.stream().map(Object::toString).toList()) + "']"
                : value.toString();
    }
}
