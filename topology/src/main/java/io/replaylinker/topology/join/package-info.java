/** The join: resolve by trace, confirm by replay. Plain Java over a small state interface; knows no Kafka. */
@NullMarked
package io.replaylinker.topology.join;

import org.jspecify.annotations.NullMarked;
