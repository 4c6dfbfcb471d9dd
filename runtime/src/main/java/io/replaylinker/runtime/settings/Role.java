package io.replaylinker.runtime.settings;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a worker does; both by default. */
public enum Role {
    /** Reads the sources and joins them into the output topics. */
    JOIN,
    /** Writes the links into ClickHouse. */
    SINK;

    /** The roles as in the setting, in their order. */
    public static List<String> labels(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::label).toList();
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
