package io.replaylinker.serdes.registry;

import org.apache.avro.Schema;

/** A schema with its id in the registry. */
public record RegisteredSchema(int id, Schema schema) {}
