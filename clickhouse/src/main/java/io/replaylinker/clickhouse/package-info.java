/** The tables in ClickHouse: creating and checking them, inserting rows, reading current rows, and classifying failures. */
@NullMarked
package io.replaylinker.clickhouse;

import org.jspecify.annotations.NullMarked;
