/** Avro in Confluent's wire form: Kafka serdes, and the decoder that makes values or rejections of whatever bytes arrive. */
@NullMarked
package io.replaylinker.serdes.avro;

import org.jspecify.annotations.NullMarked;
