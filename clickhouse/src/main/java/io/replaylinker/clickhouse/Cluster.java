package io.replaylinker.clickhouse;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A ClickHouse cluster that holds the tables.
 *
 * @param name as in {@code remote_servers} of the servers' configuration, or a macro such as {@code {cluster}}; letters, digits, {@code _},
 *     {@code -} and {@code .}, at most 128
 * @param replicated whether the servers of a shard replicate; this needs Keeper and the macros that the servers' default replica path names
 */
public record Cluster(String name, boolean replicated) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|\\{[A-Za-z0-9_]{1,126}}");

    /** @throws IllegalSettingsException if the name is invalid */
    public Cluster {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalSettingsException(List.of(new IllegalSettingsException.Mistake(
                    IllegalSettingsException.Part.CLUSTER,
                    "must be letters, digits, _, - and ., at most 128, or one macro as {cluster}")));
        }
    }
}
