/** The tables in ClickHouse: making and checking them, putting rows in, reading links back. */
@NullMarked
package io.replaylinker.sinks.clickhouse;

import org.jspecify.annotations.NullMarked;
