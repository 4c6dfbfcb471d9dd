package io.replaylinker.sinks.clickhouse.query;

import java.util.List;
import java.util.Map;

/** What numbers in the tables stand for. Told here and not in SQL, where each function adds to the time that the server takes to plan a query. */
final class Codes {

    private static final List<String> LEVELS = List.of("", "debug", "info", "warning", "error", "fatal");

    private static final Map<Long, String> KINDS =
            Map.of(1L, "backend error", 2L, "backend transaction", 4L, "frontend error", 8L, "frontend transaction");

    private Codes() {}

    /** Of column {@code severity}; empty where no error or message is. */
    static String level(long severity) {
        return LEVELS.get((int) severity);
    }

    /** Of column {@code kind}. */
    static String kind(long kind) {
        return KINDS.getOrDefault(kind, "");
    }
}
