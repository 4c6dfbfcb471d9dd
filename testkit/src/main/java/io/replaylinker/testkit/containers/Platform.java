package io.replaylinker.testkit.containers;

import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.testkit.EmbeddedRegistry;
import io.replaylinker.testkit.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;

/** The platform of an integration test. See {@link Parts} for how a test class uses it. */
public enum Platform {
    /** Embedded parts, which run everywhere: Kafka in this JVM, ClickHouse and the registry in child processes. */
    EMBEDDED(""),
    /** Containers, with the ClickHouse that a self-hosted Sentry runs. */
    CONTAINERS("25.8"),
    /** Containers, with a ClickHouse whose inserts are asynchronous by default. */
    CONTAINERS_NEWER("26.3");

    private static final Map<Platform, ClickHouseServer> SHARED = new HashMap<>();

    private final String clickHouseTag;

    Platform(String clickHouseTag) {
        this.clickHouseTag = clickHouseTag;
    }

    /** Starts a broker; see {@link EmbeddedKafka#start()}. Topics are not created automatically on any platform. */
    public KafkaBroker startKafka() {
        return startKafka(Map.of());
    }

    /** Starts a broker with broker settings that override the defaults. */
    public KafkaBroker startKafka(Map<String, String> brokerProperties) {
        return this == EMBEDDED ? EmbeddedKafka.start(brokerProperties) : ContainerKafka.start(brokerProperties);
    }

    /** Starts a ClickHouse server with an empty data folder. */
    public ClickHouseServer startClickHouse() {
        return this == EMBEDDED ? EmbeddedClickHouse.start() : ContainerClickHouse.start(clickHouseTag);
    }

    /**
     * The ClickHouse server that all test classes in this JVM share, started when it is first asked for and closed with the JVM. Each test
     * uses databases of its own.
     */
    public ClickHouseServer sharedClickHouse() {
        synchronized (SHARED) {
            ClickHouseServer running = SHARED.get(this);
            if (running == null) {
                running = startClickHouse();
                SHARED.put(this, running);
                Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            }
            return running;
        }
    }

    /** Starts an empty schema registry. */
    public SchemaRegistry startRegistry() {
        return this == EMBEDDED ? EmbeddedRegistry.start() : ContainerRegistry.start();
    }
}
