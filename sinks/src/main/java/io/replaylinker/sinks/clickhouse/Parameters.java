package io.replaylinker.sinks.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of a query by the names that it has for them, each in the spelling that the server reads. */
public final class Parameters {

    private final Map<String, Object> values = new HashMap<>();

    public Parameters number(String name, long value) {
        values.put(name, value);
        return this;
    }

    /** A {@code UInt64}, which a long holds as its bits. */
    public Parameters unsigned(String name, long value) {
        values.put(name, Long.toUnsignedString(value));
        return this;
    }

    /**
     * A {@code String} or {@code Date} of letters, digits and dashes.
     *
     * @throws IllegalArgumentException for anything else
     */
    public Parameters text(String name, String value) {
        if (!value.matches("[0-9A-Za-z-]*")) {
            throw new IllegalArgumentException("not for " + name);
        }
        values.put(name, value);
        return this;
    }

    /** A {@code DateTime64(3, 'UTC')}, not before 1970. */
    public Parameters time(String name, Instant value) {
        long ms = value.toEpochMilli();
        // Digits that are fewer than these would be taken for a date.
        values.put(name, String.format(Locale.ROOT, "%010d.%03d", ms / 1_000, ms % 1_000));
        return this;
    }

    /**
     * Any text, for {@code unhex({name:String})}. Servers and drivers do not agree on who escapes a tab or a backslash in a parameter; in
     * hex digits there is nothing to escape.
     */
    public Parameters hex(String name, String value) {
        values.put(name, HexFormat.of().formatHex(value.getBytes(UTF_8)));
        return this;
    }

    /** An {@code Array(UInt64)}. */
    public Parameters unsigned(String name, Collection<Long> values) {
        this.values.put(name, values.stream().map(Long::toUnsignedString).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    /**
     * An {@code Array(String)} of ids.
     *
     * @throws IllegalArgumentException for anything but hex digits
     */
    public Parameters ids(String name, Collection<String> ids) {
        for (String id : ids) {
            if (!id.matches("[0-9a-f]*")) {
                throw new IllegalArgumentException("not an id: " + id);
            }
        }
        values.put(name, ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    public Map<String, Object> values() {
        return Map.copyOf(values);
    }
}
