package io.replaylinker.serdes.avro;

import io.replaylinker.testkit.EmbeddedRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a registry in a process of its own, from Maven Central. */
class EmbeddedRegistrySerdesIT extends RegistryContract {

    private static @Nullable EmbeddedRegistry registry;

    @BeforeAll
    static void start() {
        registry = EmbeddedRegistry.start();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Override
    String url() {
        return Objects.requireNonNull(registry).url();
    }
}
