/**
 * Readers' questions to the tables: which events has this replay, which replays has this issue, why has this event none. Other
 * tables nominate, {@code replay_links FINAL} decides.
 */
@NullMarked
package io.replaylinker.sinks.clickhouse.query;

import org.jspecify.annotations.NullMarked;
