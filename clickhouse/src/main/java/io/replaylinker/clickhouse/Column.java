package io.replaylinker.clickhouse;

/**
 * A column that the program writes or reads.
 *
 * @param type as {@code system.columns} spells it
 */
public record Column(String name, String type) {

    static final String NUMBER = "UInt64";
    static final String ID = "FixedString(16)";
    static final String TEXT = "LowCardinality(String)";
    static final String TIME = "DateTime64(3, 'UTC')";

    /** A column of an aggregating table, which keeps what the function makes of the merged values. */
    static Column merged(String name, String function, String type) {
        return new Column(name, "SimpleAggregateFunction(" + function + ", " + type + ")");
    }
}
