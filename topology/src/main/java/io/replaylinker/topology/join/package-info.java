/**
 * The join: resolve by trace, choose by event, confirm by replay. Plain Java over a small state interface, without
 * Kafka.
 */
@NullMarked
package io.replaylinker.topology.join;

import org.jspecify.annotations.NullMarked;
