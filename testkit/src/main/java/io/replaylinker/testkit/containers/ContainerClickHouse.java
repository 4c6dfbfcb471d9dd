package io.replaylinker.testkit.containers;

import io.replaylinker.embedded.ClickHouseServer;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** ClickHouse's own image. Only the HTTP interface is used, so no driver is needed to start it. */
final class ContainerClickHouse implements ClickHouseServer {

    private static final String IMAGE = "clickhouse/clickhouse-server:";
    private static final int HTTP_PORT = 8123;
    private static final String USER = "linker";
    private static final String PASSWORD = "container";

    private final GenericContainer<?> container;

    private ContainerClickHouse(GenericContainer<?> container) {
        this.container = container;
    }

    static ContainerClickHouse start(String tag) {
        Docker.assumeEngine();
        return new ContainerClickHouse(Docker.start(new GenericContainer<>(IMAGE + tag)
                .withEnv("CLICKHOUSE_USER", USER)
                .withEnv("CLICKHOUSE_PASSWORD", PASSWORD)
                .withExposedPorts(HTTP_PORT)
                .waitingFor(Wait.forHttp("/").forPort(HTTP_PORT).withStartupTimeout(Duration.ofMinutes(2)))));
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:clickhouse://" + container.getHost() + ":" + port() + "/" + database;
    }

    @Override
    public String httpUrl() {
        return "http://" + container.getHost() + ":" + port();
    }

    @Override
    public int port() {
        return container.getMappedPort(HTTP_PORT);
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public void close() {
        container.stop();
    }
}
