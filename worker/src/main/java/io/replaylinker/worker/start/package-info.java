/** Checks of Kafka and the machine that every start of the join runs; {@code check} runs the same and more. */
@NullMarked
package io.replaylinker.worker.start;

import org.jspecify.annotations.NullMarked;
