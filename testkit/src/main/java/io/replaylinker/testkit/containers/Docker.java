package io.replaylinker.testkit.containers;

import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** Starts containers, or skips the test where there is no Docker engine. */
final class Docker {

    private Docker() {}

    /** @throws TestAbortedException when there is no Docker engine; JUnit shows the test as skipped, with the reason */
    static <C extends GenericContainer<?>> C start(C container) {
        assumeEngine();
        container.start();
        return container;
    }

    static void assumeEngine() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new TestAbortedException("skipped: no Docker engine can be reached from here, so nothing runs in"
                    + " containers; the embedded parts run the same tests");
        }
    }
}
