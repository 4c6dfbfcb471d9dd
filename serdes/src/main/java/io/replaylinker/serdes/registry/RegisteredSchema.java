package io.replaylinker.serdes.registry;

import org.apache.avro.Schema;

/** A schema with the id that records carry. */
public record RegisteredSchema(int id, Schema schema) {}
