/**
 * Readers' questions to the tables: which events has this replay, which replays has this issue, why has this event none. Of
 * each link the newest version counts.
 */
@NullMarked
package io.replaylinker.clickhouse.query;

import org.jspecify.annotations.NullMarked;
