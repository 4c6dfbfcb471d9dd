package io.replaylinker.testkit.containers;

import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.testkit.SchemaRegistry;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one platform, each started when it is first asked for and shared by the tests of one class. The
 * argument of a {@code @ParameterizedClass} with {@code @MethodSource("io.replaylinker.testkit.containers.Parts#onEveryPlatform")};
 * JUnit closes it after the last test of the class on this platform. Asked for in the class's constructor, a part that
 * cannot run here skips every test of the class, with the reason.
 */
public final class Parts implements AutoCloseable {

    private final Platform platform;
    private @Nullable KafkaBroker kafka;
    private @Nullable ClickHouseServer clickHouse;
    private @Nullable SchemaRegistry registry;

    public Parts(Platform platform) {
        this.platform = platform;
    }

    /** Embedded, and containers with each version of ClickHouse. */
    public static Stream<Parts> onEveryPlatform() {
        return Arrays.stream(Platform.values()).map(Parts::new);
    }

    /** Embedded and containers once: for tests in which ClickHouse's version plays no part. */
    public static Stream<Parts> embeddedAndContainers() {
        return Stream.of(Platform.EMBEDDED, Platform.CONTAINERS).map(Parts::new);
    }

    public Platform platform() {
        return platform;
    }

    public synchronized KafkaBroker kafka() {
        KafkaBroker running = kafka == null ? platform.startKafka() : kafka;
        kafka = running;
        return running;
    }

    public synchronized ClickHouseServer clickHouse() {
        ClickHouseServer running = clickHouse == null ? platform.startClickHouse() : clickHouse;
        clickHouse = running;
        return running;
    }

    public synchronized SchemaRegistry registry() {
        SchemaRegistry running = registry == null ? platform.startRegistry() : registry;
        registry = running;
        return running;
    }

    /** The platform's name, which stands in the test's name. */
    @Override
    public String toString() {
        return platform.toString();
    }

    @Override
    public synchronized void close() {
        if (registry != null) {
            registry.close();
        }
        if (clickHouse != null) {
            clickHouse.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
