/** Bytes to model and back. Knows Kafka's clients, not Kafka Streams and not ClickHouse. */
@NullMarked
package io.replaylinker.serdes;

import org.jspecify.annotations.NullMarked;
