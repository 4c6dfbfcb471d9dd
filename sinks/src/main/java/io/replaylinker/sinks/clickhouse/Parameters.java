package io.replaylinker.sinks.clickhouse;

import java.util.Collection;
import java.util.HashMap;
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

    /** Any text, also with control characters, quotes and backslashes. */
    public Parameters text(String name, String value) {
        values.put(name, value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"));
        return this;
    }

    /** An {@code Array(UInt64)}. */
    public Parameters unsigned(String name, Collection<Long> values) {
        this.values.put(
                name, values.stream().map(Long::toUnsignedString).collect(Collectors.joining(",", "[", "]")));
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
