/** Serialization of the model. The package uses Kafka's clients, but neither Kafka Streams nor ClickHouse. */
@NullMarked
package io.replaylinker.serdes;

import org.jspecify.annotations.NullMarked;
