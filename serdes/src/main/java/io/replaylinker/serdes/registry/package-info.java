/** The client of the schema registry: Confluent's REST API, its settings under their usual names, caches and failure policy. */
@NullMarked
package io.replaylinker.serdes.registry;

import org.jspecify.annotations.NullMarked;
