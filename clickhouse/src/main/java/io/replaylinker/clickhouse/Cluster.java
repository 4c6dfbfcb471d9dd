package io.replaylinker.clickhouse;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A cluster of ClickHouse servers that the tables are spread over.
 *
 * @param name as the servers' own configuration has it under {@code remote_servers}, or a macro as {@code {cluster}}; letters,
 *     digits, {@code _}, {@code -} and {@code .}, at most 128
 * @param replicated whether each shard's servers copy from each other, which takes Keeper and the macros that the servers' default
 *     replica path names
 */
public record Cluster(String name, boolean replicated) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|\\{[A-Za-z0-9_]{1,126}}");

    /** @throws IllegalSettingsException when the name is none */
    public Cluster {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalSettingsException(
                    List.of("the cluster must be letters, digits, _, - and ., at most 128, or one macro as {cluster}"));
        }
    }
}
