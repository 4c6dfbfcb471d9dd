package io.replaylinker.embedded;

/** A running ClickHouse server of one node, however it is run. Closing it deletes its data unless a folder was given. */
public interface ClickHouseServer extends AutoCloseable {

    /**
     * URL for clickhouse-jdbc, with what this server needs from the driver.
     *
     * @param database an existing database; {@code default} always exists
     */
    String jdbcUrl(String database);

    /** Base URL of the HTTP interface, without a slash at its end. */
    String httpUrl();

    /** Port of the HTTP interface. */
    int port();

    String user();

    String password();

    @Override
    void close();
}
