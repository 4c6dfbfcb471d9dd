package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.EventKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names for the numeric codes in the tables. They are resolved here and not in SQL, because each SQL function adds to the time that the
 * server takes to plan a query.
 */
final class Codes {

    private static final List<String> LEVELS = List.of("", "debug", "info", "warning", "error", "fatal");

    private static final Map<Long, String> KINDS = Stream.of(EventKind.values())
            .collect(Collectors.toMap(
                    kind -> (long) kind.code(),
                    kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')));

    private Codes() {}

    /** Returns the name of a value of column {@code severity}; empty for anything but an error or message. */
    static String level(long severity) {
        return LEVELS.get((int) severity);
    }

    /** Returns the name of a value of column {@code kind}. */
    static String kind(long kind) {
        return KINDS.getOrDefault(kind, "");
    }
}
