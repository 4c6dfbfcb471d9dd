/** What every start of the join looks at in Kafka and on the machine; {@code check} takes the same looks and more. */
@NullMarked
package io.replaylinker.worker.start;

import org.jspecify.annotations.NullMarked;
