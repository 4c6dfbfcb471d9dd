package io.replaylinker.testkit.containers;

import io.replaylinker.testkit.SchemaRegistry;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** Apicurio Registry's own image, a major version newer than the embedded one. */
final class ContainerRegistry implements SchemaRegistry {

    private static final String IMAGE = "apicurio/apicurio-registry:3.3.3";
    private static final int PORT = 8080;
    private static final String CONFLUENT_API = "/apis/ccompat/v7";

    private final GenericContainer<?> container;

    private ContainerRegistry(GenericContainer<?> container) {
        this.container = container;
    }

    static ContainerRegistry start() {
        Docker.assumeEngine();
        return new ContainerRegistry(Docker.start(new GenericContainer<>(IMAGE)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp(CONFLUENT_API + "/subjects")
                        .forPort(PORT)
                        .withStartupTimeout(Duration.ofMinutes(2)))));
    }

    @Override
    public String url() {
        return "http://" + container.getHost() + ":" + container.getMappedPort(PORT) + CONFLUENT_API;
    }

    @Override
    public void close() {
        container.stop();
    }
}
