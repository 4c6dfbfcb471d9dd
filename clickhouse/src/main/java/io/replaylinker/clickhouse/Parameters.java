package io.replaylinker.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The named parameters of a query, each in the form that the server parses. */
public final class Parameters {

    private static final HexFormat HEX_ESCAPE = HexFormat.of().withPrefix("\\x");
    private static final int ESCAPE_CHARS = 4;

    private final Map<String, Object> values = new HashMap<>();

    public Parameters number(String name, long value) {
        values.put(name, value);
        return this;
    }

    /** Sets a {@code UInt64}, given as the bits of a long. */
    public Parameters unsigned(String name, long value) {
        values.put(name, Long.toUnsignedString(value));
        return this;
    }

    /** Sets a {@code String} or {@code Date}. */
    public Parameters text(String name, String value) {
        return put(name, escaped(value.getBytes(UTF_8)));
    }

    /**
     * Sets a {@code FixedString} of the given length, for an id or an id prefix.
     *
     * @param digits two hex digits per byte
     * @throws IllegalArgumentException for anything else
     */
    public Parameters id(String name, String digits) {
        return put(name, bytes(digits));
    }

    /** Sets a {@code DateTime64(3, 'UTC')}, not before 1970. */
    public Parameters time(String name, Instant value) {
        long ms = value.toEpochMilli();
        // The server would read a number with fewer digits as a date.
        values.put(name, String.format(Locale.ROOT, "%010d.%03d", ms / 1_000, ms % 1_000));
        return this;
    }

    /** Sets an {@code Array(UInt64)}. */
    public Parameters unsigned(String name, Collection<Long> values) {
        this.values.put(name, values.stream().map(Long::toUnsignedString).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    /**
     * Sets an {@code Array(FixedString(16))} of ids. The server receives a constant. A subquery that decodes hex digits would run before
     * the outer query is planned.
     *
     * @throws IllegalArgumentException for anything but hex digits
     */
    public Parameters ids(String name, Collection<String> ids) {
        return put(name, ids.stream().map(id -> "'" + bytes(id) + "'").collect(Collectors.joining(",", "[", "]")));
    }

    public Map<String, Object> values() {
        return Map.copyOf(values);
    }

    private Parameters put(String name, String spelled) {
        values.put(name, new Spelled(spelled));
        return this;
    }

    private static String bytes(String digits) {
        return escaped(HexFormat.of().parseHex(digits));
    }

    /**
     * Escapes bytes. A parameter is read as a field of format TabSeparated. Within the quotes of an array, two hex digits behind
     * <code>\x</code> are a byte.
     */
    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * ESCAPE_CHARS);
        for (byte one : bytes) {
            if (isPlain(one)) {
                text.append((char) one);
            } else {
                HEX_ESCAPE.formatHex(text, new byte[] {one});
            }
        }
        return text.toString();
    }

    private static boolean isPlain(byte one) {
        return (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z') || one == '-';
    }

    /** A value that is not a String, because the driver would escape a String again. */
    private record Spelled(String text) {

        @Override
        public String toString() {
            return text;
        }
    }
}
