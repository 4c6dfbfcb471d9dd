package io.replaylinker.testkit;

/** A running schema registry with Confluent's API and an in-memory store, independent of how it runs. */
public interface SchemaRegistry extends AutoCloseable {

    /** The value for {@code schema.registry.url}: the base URL of Confluent's API, without a trailing slash. */
    String url();

    @Override
    void close();
}
