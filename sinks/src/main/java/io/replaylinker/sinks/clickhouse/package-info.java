/** Sinks from topics into the tables of ClickHouse. */
@NullMarked
package io.replaylinker.sinks.clickhouse;

import org.jspecify.annotations.NullMarked;
