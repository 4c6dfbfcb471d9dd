package io.replaylinker.mcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of every result: what {@code --json} prints, and what to call next. */
final class OutputSchema {

    static final String TOO_LARGE = "too_large";

    private static final String TYPE = "type";
    private static final List<String> TEXT_OR_NONE = List.of("string", "null");

    private OutputSchema() {}

    /** @param answer what the answer holds */
    static Map<String, Object> of(String answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("question", Map.of(TYPE, "string", "description", "Kind of the query."));
        fields.put(
                "status",
                Map.of(
                        TYPE,
                        "string",
                        "enum",
                        List.of("found", "unknown", "ambiguous", TOO_LARGE),
                        "description",
                        "ambiguous: several ids begin with the digits, see candidates. " + TOO_LARGE
                                + ": the answer is in the text alone, cut."));
        fields.put(
                "answer",
                Map.of(TYPE, List.of("object", "null"), "description", "Null unless the status is found. " + answer));
        fields.put(
                "candidates",
                Map.of(
                        TYPE,
                        "array",
                        "items",
                        Map.of(TYPE, "string"),
                        "description",
                        "Whole ids, if the status is ambiguous."));
        fields.put(
                "freshness",
                Map.of(
                        TYPE,
                        "object",
                        "description",
                        "The newest record in the tables, and its age.",
                        "properties",
                        Map.of(
                                "newest_ingested_at",
                                Map.of(TYPE, TEXT_OR_NONE),
                                "age_ms",
                                Map.of(TYPE, List.of("integer", "null"))),
                        "required",
                        List.of("newest_ingested_at", "age_ms")));
        fields.put("hint", Map.of(TYPE, "string", "description", "What to call next."));
        return Map.of(
                TYPE,
                "object",
                "properties",
                fields,
                "required",
                List.of("question", "status", "answer", "freshness", "hint"));
    }
}
