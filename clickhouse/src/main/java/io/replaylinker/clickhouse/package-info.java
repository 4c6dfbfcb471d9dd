/** The tables in ClickHouse: making and checking them, putting rows in, reading back what stands, and what a failure means. */
@NullMarked
package io.replaylinker.clickhouse;

import org.jspecify.annotations.NullMarked;
