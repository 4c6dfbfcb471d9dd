/**
 * Queries for readers: the events of a replay, the replays of an issue, the reason why an event is unlinked. The latest version of each
 * link counts.
 */
@NullMarked
package io.replaylinker.clickhouse.query;

import org.jspecify.annotations.NullMarked;
