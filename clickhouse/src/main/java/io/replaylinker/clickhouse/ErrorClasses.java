package io.replaylinker.clickhouse;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is done about an error, by its code in ClickHouse's {@code src/Common/ErrorCodes.cpp}. There is no agreement on it among the
 * programs that write to ClickHouse, and ClickHouse itself has no such table, so single codes can be set otherwise. A code that stands
 * nowhere is taken to pass, because a sink that waits loses nothing.
 *
 * @param overrides classes of codes that differ from ours
 */
public record ErrorClasses(Map<Integer, ErrorClass> overrides) {

    /** The table as it is. */
    public static final ErrorClasses DEFAULT = new ErrorClasses(Map.of());

    private static final Pattern OVERRIDE = Pattern.compile("([1-9]\\d{0,5})\\s*:\\s*(\\S+)");

    private static final int TOO_MANY_PARTS = 252;
    private static final int MEMORY_LIMIT = 241;
    private static final int SYNTAX_ERROR = 62;

    /** Not enough space, and read-only: as table or replica 242, as user or server 164. */
    private static final Set<Integer> BREAK = Set.of(164, 242, 243, TOO_MANY_PARTS);

    /** Somebody has to change settings, rights or tables. */
    private static final Set<Integer> STOP =
            Set.of(16, 20, 36, 47, 48, 50, 60, SYNTAX_ERROR, 73, 81, 115, 192, 193, 194, 195, 497, 516);

    /**
     * Some row does not fit: it cannot be parsed (6, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 131, 321, 349), a constraint (469) or a
     * view's throwIf (395) refuses it; or the statement is too large (229).
     */
    private static final Set<Integer> ROWS =
            Set.of(6, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 131, 229, 321, 349, 395, 469);

    public ErrorClasses {
        overrides = Map.copyOf(overrides);
    }

    /**
     * Reads overrides as {@code 241:retry,252:stop}.
     *
     * @throws IllegalArgumentException if it is not of that form, or names a code twice
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

    /** The overrides, as {@link #parse} reads them. */
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
     * One number for two things: too many parts passes when merges catch up, too many partitions in one block never does; a statement that
     * was cut off is no syntax error.
     */
    private static boolean isTooMuchAtOnce(int code, String message) {
        return (code == TOO_MANY_PARTS && message.contains("Too many partitions"))
                || (code == SYNTAX_ERROR && message.contains("Max query size exceeded"));
    }

    /** Whether the server's words may quote a value of a row. */
    static boolean mayQuoteRows(int code) {
        return ROWS.contains(code);
    }
}
