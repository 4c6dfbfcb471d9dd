package io.replaylinker.sinks.clickhouse;

/**
 * A column that the program writes.
 *
 * @param type as {@code system.columns} spells it
 */
record Column(String name, String type) {}
