/** Avro in Confluent's wire format: Kafka serdes, and the decoder that turns any bytes into values or rejections. */
@NullMarked
package io.replaylinker.serdes.avro;

import org.jspecify.annotations.NullMarked;
