package io.replaylinker.clickhouse;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Maps error codes of ClickHouse's {@code src/Common/ErrorCodes.cpp} to error classes. ClickHouse publishes no such mapping and its clients
 * do not agree on one, so single codes can be overridden. An unlisted code counts as retryable, because a sink that waits loses nothing.
 *
 * @param overrides classes of codes that differ from the default
 */
public record ErrorClasses(Map<Integer, ErrorClass> overrides) {

    /** The default mapping, without overrides. */
    public static final ErrorClasses DEFAULT = new ErrorClasses(Map.of());

    private static final Pattern OVERRIDE = Pattern.compile("([1-9]\\d{0,5})\\s*:\\s*(\\S+)");

    private static final int TOO_MANY_PARTS = 252;
    private static final int MEMORY_LIMIT = 241;
    private static final int SYNTAX_ERROR = 62;

    /** Not enough space, and read-only: 242 for a table or replica, 164 for a user or server. */
    private static final Set<Integer> BREAK = Set.of(164, 242, 243, TOO_MANY_PARTS);

    /** An operator has to change settings, grants or tables. */
    private static final Set<Integer> STOP =
            Set.of(16, 20, 36, 47, 48, 50, 60, SYNTAX_ERROR, 73, 81, 115, 192, 193, 194, 195, 497, 516);

    /**
     * Some row does not fit. It cannot be parsed (6, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 131, 321, 349), or a constraint (469) or a
     * view's throwIf (395) refuses it, or the statement is too large (229).
     */
    private static final Set<Integer> ROWS =
            Set.of(6, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 131, 229, 321, 349, 395, 469);

    public ErrorClasses {
        overrides = Map.copyOf(overrides);
    }

    /**
     * Parses overrides of the form {@code 241:retry,252:stop}.
     *
     * @throws IllegalArgumentException if the text has another form or repeats a code
     */
    public static ErrorClasses parse(String text) {
        Map<Integer, ErrorClass> overrides = new HashMap<>();
        for (String element : text.split(",", -1)) {
            Matcher matcher = OVERRIDE.matcher(element.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not of the form CODE:CLASS: " + element.strip());
            }
            int code = Integer.parseInt(matcher.group(1));
            if (overrides.put(code, ErrorClass.ofLabel(matcher.group(2))) != null) {
                throw new IllegalArgumentException("code " + code + " is named twice");
            }
        }
        return new ErrorClasses(overrides);
    }

    /** The overrides in the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return overrides.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(override -> override.getKey() + ":" + override.getValue().label())
                .collect(Collectors.joining(","));
    }

    ErrorClass of(int code, String message) {
        ErrorClass override = overrides.get(code);
        if (override != null) {
            return override;
        }
        if (code == MEMORY_LIMIT) {
            return ErrorClass.HALVE;
        }
        if (ROWS.contains(code) || isTooMuchAtOnce(code, message)) {
            return ErrorClass.SPLIT;
        }
        if (BREAK.contains(code)) {
            return ErrorClass.CIRCUIT_BREAK;
        }
        return STOP.contains(code) ? ErrorClass.PERMANENT : ErrorClass.RETRYABLE;
    }

    /**
     * Some codes have two meanings. "Too many parts" passes when merges catch up, "too many partitions in one block" never does. A
     * truncated statement is not a syntax error.
     */
    private static boolean isTooMuchAtOnce(int code, String message) {
        return (code == TOO_MANY_PARTS && message.contains("Too many partitions"))
                || (code == SYNTAX_ERROR && message.contains("Max query size exceeded"));
    }

    /** Returns whether the server's message for this code may quote a value of a row. */
    static boolean mayQuoteRows(int code) {
        return ROWS.contains(code);
    }
}
