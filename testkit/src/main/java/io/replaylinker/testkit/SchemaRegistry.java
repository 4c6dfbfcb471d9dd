package io.replaylinker.testkit;

/** A running schema registry with Confluent's API, in memory, however it is run. */
public interface SchemaRegistry extends AutoCloseable {

    /** Value for {@code schema.registry.url}: the base of Confluent's API, without a slash at its end. */
    String url();

    @Override
    void close();
}
