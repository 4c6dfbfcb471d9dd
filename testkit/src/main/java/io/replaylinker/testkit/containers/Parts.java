package io.replaylinker.testkit.containers;

import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.embedded.KafkaBroker;
import io.replaylinker.testkit.SchemaRegistry;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one platform. Each is started on first use and shared by the tests of one class. This is the argument of a
 * {@code @ParameterizedClass} with {@code @MethodSource("io.replaylinker.testkit.containers.Parts#onEveryPlatform")}; JUnit closes it after
 * the last test of the class on this platform. If the class's constructor requests a part that cannot run here, every test of the class is
 * skipped with the reason.
 */
public final class Parts implements AutoCloseable {

    private final Platform platform;
    private @Nullable KafkaBroker kafka;
    private @Nullable ClickHouseServer clickHouse;
    private @Nullable SchemaRegistry registry;

    public Parts(Platform platform) {
        this.platform = platform;
    }

    /** The embedded platform, and containers with each version of ClickHouse. */
    public static Stream<Parts> onEveryPlatform() {
        return Arrays.stream(Platform.values()).map(Parts::new);
    }

    /** The embedded platform and one container platform, for tests that do not depend on ClickHouse's version. */
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

    /** The platform's name, which is part of the test's name. */
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
