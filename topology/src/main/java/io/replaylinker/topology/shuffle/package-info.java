/** The transport between the steps: entries, packed into blocks by the producers that Kafka Streams is given. */
@NullMarked
package io.replaylinker.topology.shuffle;

import org.jspecify.annotations.NullMarked;
