package io.replaylinker.embedded;

/** A running ClickHouse server of one node, independent of how it runs. Closing it deletes its data unless a folder was given. */
public interface ClickHouseServer extends AutoCloseable {

    /**
     * The URL for clickhouse-jdbc, with the driver settings that this server needs.
     *
     * @param database an existing database; {@code default} always exists
     */
    String jdbcUrl(String database);

    /** The base URL of the HTTP interface, without a trailing slash. */
    String httpUrl();

    /** The port of the HTTP interface. */
    int port();

    String user();

    String password();

    @Override
    void close();
}
