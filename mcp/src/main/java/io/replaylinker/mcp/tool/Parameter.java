package io.replaylinker.mcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An argument of a tool.
 *
 * @param schema its JSON schema
 * @param isRequired whether a call without it is refused
 */
record Parameter(String name, Map<String, Object> schema, boolean isRequired) {

    static final Parameter PROJECT = number("project", "Only this project, by its id.");
    static final Parameter SINCE =
            text("since", 2, 40, "Nothing before it: 7d, 12h, 30m ago, a day as 2026-10-05, or 2026-10-05T09:00:00Z.");
    static final Parameter AFTER =
            text("after", 2, 64, "The next page: the token that the page before ended with, of the same call.");

    private static final int SHORTEST_ID = 8;

    /** Dashes and blanks are allowed, so a whole id can be longer than 32. */
    private static final int LONGEST_ID = 64;

    static Parameter id(String name, String about) {
        return text(name, SHORTEST_ID, LONGEST_ID, about);
    }

    static Parameter text(String name, int shortest, int longest, String about) {
        return of(name, about, Map.of("type", "string", "minLength", shortest, "maxLength", longest));
    }

    /** The number of an issue or project, which clients may also send as a text. */
    static Parameter number(String name, String about) {
        return of(name, about, Map.of("type", List.of("integer", "string"), "maxLength", 20));
    }

    static Parameter count(String name, int most, int usual, String about) {
        return of(name, about, Map.of("type", "integer", "minimum", 1, "maximum", most, "default", usual));
    }

    static Parameter flag(String name, String about) {
        return of(name, about, Map.of("type", "boolean", "default", false));
    }

    static Parameter choice(String name, List<String> values, String about) {
        return of(name, about, Map.of("type", "string", "enum", values));
    }

    Parameter required() {
        return new Parameter(name, schema, true);
    }

    private static Parameter of(String name, String about, Map<String, Object> type) {
        Map<String, Object> schema = new LinkedHashMap<>(type);
        schema.put("description", about);
        return new Parameter(name, schema, false);
    }
}
