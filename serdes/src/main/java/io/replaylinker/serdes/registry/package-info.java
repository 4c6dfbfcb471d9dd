/** The schema registry's side of Avro: Confluent's REST API, its settings by their known names, caches and failure policy. */
@NullMarked
package io.replaylinker.serdes.registry;

import org.jspecify.annotations.NullMarked;
